import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file or folder of the store. */
export interface StoredFile {
  /** Last part of its path: an artifact's SHA-256, a record's key with .json, … */
  name: string;
  path: string;
  bytes: number;
  modifiedMs: number;
}

/** What lies two levels deep: objects/ab/<sha256>, steps/ab/<key>.json. */
export async function* filesByPrefix(folder: string): AsyncGenerator<StoredFile> {
  for (const prefix of await namesIn(folder)) yield* filesIn(join(folder, prefix));
}

/** What lies in a folder; nothing where there is no such folder. Files that vanish meanwhile are passed over. */
export async function* filesIn(folder: string): AsyncGenerator<StoredFile> {
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    try {
      const { size, mtimeMs } = await stat(path);
      yield { name, path, bytes: size, modifiedMs: mtimeMs };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
