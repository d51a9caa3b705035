import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArtifactStore } from '../../artifact-store';

/** A new, empty store for each test of the file, removed after it. */
export function useTemporaryStore(): () => ArtifactStore {
  let store: ArtifactStore;
  beforeEach(() => {
    store = new ArtifactStore(mkdtempSync(join(tmpdir(), 'laser-store-')));
  });
  afterEach(() => rmSync(store.root, { recursive: true, force: true }));
  return () => store;
}

/** Paths of all files below a folder, relative to it; none if there is no such folder. */
export function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
  } catch {
    return [];
  }
}
