import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { materialiseBundle, runStep, stepKey, sweepStore, type ArtifactStore } from '../../artifact-store';
import { mediaTypes, type ArtifactRef } from '../../contract/artifact';
import { useTemporaryStore } from './temporary-store';

const store = useTemporaryStore();
const dayMs = 24 * 3600 * 1000;
const monthAgo = () => Date.now() - 30 * dayMs;

/** Makes everything in the store so old. */
async function age(days: number): Promise<void> {
  const time = new Date(Date.now() - days * dayMs);
  for (const path of await readdir(store().root, { recursive: true }))
    await utimes(join(store().root, path), time, time);
}

function step<Output extends object>(
  target: ArtifactStore,
  name: string,
  output: () => Promise<Output>,
  done: string[],
) {
  return runStep(target, {
    ...{ name, version: 1, inputs: name, label: name },
    work: async () => {
      done.push(name);
      return output();
    },
  });
}

const sweep = (roots: ArtifactRef[] = [], dryRun = false) =>
  sweepStore(store(), { since: monthAgo(), dryRun, roots: () => Promise.resolve(roots.map(({ sha256 }) => sha256)) });

async function bundle(content: string): Promise<ArtifactRef> {
  const { sha256, bytes } = await store().putBytes(Buffer.from(content), mediaTypes.safetensors);
  const manifest = await store().putJson({ files: { 'weights.safetensors': { sha256, bytes } } });
  return { ...manifest, mediaType: mediaTypes.bundle };
}

test('what a root reaches stays, through links, bundles and bare hashes; the rest goes', async () => {
  const context = await store().putJson({ values: [1] });
  const adapter = await bundle('kept weights');
  const link = await store().putJson({ previous: null, context: context.sha256, adapter });
  const head = await store().putJson({ previous: link });
  const orphan = await bundle('orphaned weights');
  await materialiseBundle(store(), adapter);
  await materialiseBundle(store(), orphan);
  await age(40);
  expect(await sweep([head])).toEqual({
    kept: { artifacts: 5, bytes: expect.any(Number) },
    deleted: { artifacts: 2, bytes: expect.any(Number), stepRecords: 0, folders: 1, leftovers: 0 },
  });
  for (const ref of [head, link, context, adapter]) expect(await store().has(ref)).toBe(true);
  expect(await readdir(join(store().root, 'bundles'))).toEqual([adapter.sha256]);
  expect(await store().has(orphan)).toBe(false);
});

test('a young step record keeps what it names; an old one goes with its artifacts, and the step is done again', async () => {
  const done: string[] = [];
  const run = (name: string) => step(store(), name, async () => ({ text: await store().putJson({ name }) }), done);
  const before = [await run('old'), await run('young')];
  await age(40);
  const youngRecord = stepKey('young', 1, 'young');
  await utimes(join(store().root, 'steps', youngRecord.slice(0, 2), `${youngRecord}.json`), new Date(), new Date());
  expect((await sweep()).deleted).toMatchObject({ artifacts: 1, stepRecords: 1 });
  const after = [await run('old'), await run('young')];
  expect(after.map(({ reused }) => reused)).toEqual([false, true]);
  expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
  expect(done).toEqual(['old', 'young', 'old']);
});

test('nothing young goes, whoever needs it; leftovers of killed writers go when they are old', async () => {
  const fresh = await bundle('fresh weights');
  for (const [folder, days] of [
    ['tmp', 40],
    ['quarantine', 1],
  ] as const) {
    const path = join(store().root, folder, 'leftover');
    await mkdir(join(store().root, folder), { recursive: true });
    await writeFile(path, 'x');
    const time = new Date(Date.now() - days * dayMs);
    await utimes(path, time, time);
  }
  expect((await sweep()).deleted).toMatchObject({ artifacts: 0, leftovers: 1 });
  expect(await store().has(fresh)).toBe(true);
  expect(await readdir(join(store().root, 'quarantine'))).toEqual(['leftover']);
});

test('a dry run counts the same and deletes nothing', async () => {
  const orphan = await bundle('orphaned weights');
  await age(40);
  const wouldGo = await sweep([], true);
  expect(await store().has(orphan)).toBe(true);
  expect(await sweep()).toEqual(wouldGo);
  expect(await store().has(orphan)).toBe(false);
});

test('what is put again while the sweep looks around stays', async () => {
  const orphan = await store().putJson({ orphan: true });
  await age(40);
  let asked = 0;
  await sweepStore(store(), {
    ...{ since: monthAgo(), dryRun: false },
    roots: async () => {
      if ((asked += 1) === 2) await store().putJson({ orphan: true });
      return [];
    },
  });
  expect(await store().has(orphan)).toBe(true);
});
