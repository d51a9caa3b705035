import { randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleManifest, type ArtifactRef } from '../contract/artifact';
import type { ArtifactStore } from './artifact-store';

/**
 * A bundle as a folder that other programs can open, at a path made of its hash.
 * Every file's hash is checked on the way; the folder appears at once and whole, and is never changed.
 * @returns the folder's absolute path.
 */
export async function materialiseBundle(store: ArtifactStore, ref: ArtifactRef): Promise<string> {
  const folder = join(store.root, 'bundles', ref.sha256);
  const manifest = await store.getJson(ref, bundleManifest);
  const names = Object.keys(manifest.files);
  if (await holds(folder, names)) return folder;
  const temporary = join(store.root, 'tmp', randomUUID());
  await mkdir(temporary, { recursive: true });
  await mkdir(join(store.root, 'bundles'), { recursive: true });
  try {
    for (const [name, file] of Object.entries(manifest.files)) {
      await store.getBytes(file.sha256);
      await linkOrCopy(store.objectPath(file.sha256), join(temporary, name));
    }
    await rename(temporary, folder);
  } catch (error) {
    if (!(await holds(folder, names))) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return folder;
}

async function holds(folder: string, names: string[]): Promise<boolean> {
  try {
    const present = new Set(await readdir(folder));
    return names.every((name) => present.has(name));
  } catch {
    return false;
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to);
  }
}
