import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactStore } from '../artifact-store';
import { hashesIn } from './hashes-in';
import { reach } from './reach';
import { filesByPrefix, filesIn, type StoredFile } from './stored-files';

export interface SweepOptions {
  /** Nothing that was written or used since is deleted; milliseconds since 1970. */
  since: number;
  /** Hashes that are needed, as of now. Asked for twice: before records are deleted, and again before artifacts are. */
  roots: () => Promise<Iterable<string>>;
  dryRun: boolean;
}

export interface Sweep {
  kept: { artifacts: number; bytes: number };
  deleted: { artifacts: number; bytes: number; stepRecords: number; folders: number; leftovers: number };
}

/**
 * Deletes what nothing needs. Needed is what the roots and the young step records and artifacts reach.
 *
 * Records go first, so that no step can find one whose artifacts are about to go; then the roots are asked for again,
 * which by now name what was found before. A step whose record is gone is done again, with the same bytes.
 */
export async function sweepStore({ root }: ArtifactStore, options: SweepOptions): Promise<Sweep> {
  const { since, dryRun } = options;
  const remove = async (path: string) => {
    if (!dryRun) await rm(path, { recursive: true, force: true });
  };
  const objects = await listObjects(root);
  const young = [...objects.values()].filter(({ modifiedMs }) => modifiedMs >= since).map(({ name }) => name);
  const reached = await reach(objects, [...young, ...(await options.roots())]);
  const records = await readRecords(root, since, (hashes) => reach(objects, hashes, reached));

  const useless = records.filter(({ hashes }) => !hashes.every((hash) => reached.has(hash)));
  for (const { path } of useless) await remove(path);
  await reach(objects, await options.roots(), reached);

  const sweep: Sweep = {
    kept: { artifacts: 0, bytes: 0 },
    deleted: { artifacts: 0, bytes: 0, stepRecords: useless.length, folders: 0, leftovers: 0 },
  };
  for (const object of objects.values()) {
    const isKept = reached.has(object.name) || (await wasUsed(object, since));
    const side = isKept ? sweep.kept : sweep.deleted;
    side.artifacts += 1;
    side.bytes += object.bytes;
    if (!isKept) await remove(object.path);
  }
  for await (const { name, path, modifiedMs } of filesIn(join(root, 'bundles'))) {
    if (reached.has(name) || modifiedMs >= since) continue;
    sweep.deleted.folders += 1;
    await remove(path);
  }
  for (const folder of ['tmp', 'quarantine']) {
    for await (const { path, modifiedMs } of filesIn(join(root, folder))) {
      if (modifiedMs >= since) continue;
      sweep.deleted.leftovers += 1;
      await remove(path);
    }
  }
  return sweep;
}

async function listObjects(root: string): Promise<Map<string, StoredFile>> {
  const objects = new Map<string, StoredFile>();
  for await (const object of filesByPrefix(join(root, 'objects'))) objects.set(object.name, object);
  return objects;
}

/** The old records, each with the artifacts it names. What young ones name is needed, and handed on. */
async function readRecords(root: string, since: number, need: (hashes: string[]) => Promise<unknown>) {
  const old: { path: string; hashes: string[] }[] = [];
  for await (const { name, path, modifiedMs } of filesByPrefix(join(root, 'steps'))) {
    const key = name.replace(/\.json$/, '');
    const hashes = hashesIn(await readFile(path, 'utf8')).filter((hash) => hash !== key);
    if (modifiedMs >= since) await need(hashes);
    else old.push({ path, hashes });
  }
  return old;
}

/** Whether it was written or asked for since it was listed. */
async function wasUsed({ path }: StoredFile, since: number): Promise<boolean> {
  try {
    return (await stat(path)).mtimeMs >= since;
  } catch {
    return false;
  }
}
