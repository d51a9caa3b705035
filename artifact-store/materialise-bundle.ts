import { randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleManifest, type ArtifactRef, type BundleManifest } from '../contract/artifact';
import type { ArtifactStore } from './artifact-store';
import { sha256 } from './step-key';

/**
 * A bundle as a folder that other programs can open, at a path made of its hash. Its files are links to the objects
 * where the disk allows it: to be read, never written. The folder appears at once and whole; every file's hash is
 * checked each time it is asked for, and a folder that was changed is moved to quarantine and made again.
 * @returns the folder's absolute path.
 * @throws ArtifactMissingError, ArtifactCorruptError
 */
export async function materialiseBundle(store: ArtifactStore, ref: Pick<ArtifactRef, 'sha256'>): Promise<string> {
  const folder = join(store.root, 'bundles', ref.sha256);
  const { files } = await store.getJson(ref, bundleManifest);
  const state = await compare(folder, files);
  if (state === 'equal') return folder;
  if (state === 'different') await store.quarantine(folder);

  const temporary = join(store.root, 'tmp', randomUUID());
  await mkdir(temporary, { recursive: true });
  await mkdir(join(store.root, 'bundles'), { recursive: true });
  try {
    for (const [name, file] of Object.entries(files)) {
      await store.getBytes(file.sha256);
      await linkOrCopy(store.objectPath(file.sha256), join(temporary, name));
    }
    await rename(temporary, folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if ((await compare(folder, files)) !== 'equal') throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return folder;
}

async function compare(folder: string, files: BundleManifest['files']): Promise<'absent' | 'equal' | 'different'> {
  let present: string[];
  try {
    present = await readdir(folder);
  } catch {
    return 'absent';
  }
  if (present.length !== Object.keys(files).length) return 'different';
  for (const name of present) {
    const expected = files[name]?.sha256;
    if (expected === undefined || sha256(await readFile(join(folder, name))) !== expected) return 'different';
  }
  return 'equal';
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to);
  }
}
