import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, runStep, sha256, stepKey } from '../../artifact-store';
import { mediaTypes, type ArtifactRef } from '../../contract/artifact';
import { filesBelow, useTemporaryStore } from './temporary-store';

const store = useTemporaryStore();

/** A step that counts how often its work is done; its artifact differs each time, as a server's that is not exact. */
function countedStep(inputs: unknown = 'inputs') {
  let times = 0;
  const run = () =>
    runStep(store(), {
      name: 'count',
      version: 1,
      inputs,
      label: { campaignId: 'c', iteration: 1, round: 2 },
      work: async () => {
        times += 1;
        return { artifact: await store().putBytes(Buffer.from(`made ${times}`), 'text/plain'), times };
      },
    });
  return { run, times: () => times };
}

function journal(): { won: boolean; key: string }[] {
  const text = readFileSync(join(store().root, 'journal.jsonl'), 'utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as { won: boolean; key: string }]));
}

const recordOf = (inputs: unknown) => {
  const key = stepKey('count', 1, inputs);
  return join(store().root, 'steps', key.slice(0, 2), `${key}.json`);
};

test('done once, then its record is the answer, with the seconds of the first time', async () => {
  const step = countedStep();
  const first = await step.run();
  const second = await step.run();
  expect(first).toMatchObject({ times: 1, reused: false });
  expect(second).toEqual({ ...first, reused: true });
  expect(step.times()).toBe(1);
  expect(journal()).toEqual([
    {
      key: stepKey('count', 1, 'inputs'),
      step: 'count',
      label: { campaignId: 'c', iteration: 1, round: 2 },
      seconds: first.seconds,
      won: true,
    },
  ]);
});

test('another input or version is another step', async () => {
  await countedStep('one').run();
  expect(await countedStep('two').run()).toMatchObject({ reused: false });
  const other = await runStep(store(), {
    name: 'count',
    version: 2,
    inputs: 'one',
    label: null,
    work: () => Promise.resolve({ times: 7 }),
  });
  expect(other).toMatchObject({ times: 7, reused: false });
});

test('work done twice at once: one wins, all answer the same, and the journal tells', async () => {
  const step = countedStep();
  const outcomes = await Promise.all([step.run(), step.run(), step.run()]);
  expect(step.times()).toBe(3);
  expect(new Set(outcomes.map(({ artifact }) => artifact.sha256)).size).toBe(1);
  expect(outcomes.filter(({ reused }) => !reused)).toHaveLength(1);
  expect(
    journal()
      .map(({ won }) => won)
      .sort(),
  ).toEqual([false, false, true]);
});

test('work that fails leaves no record and no line', async () => {
  const work = () => Promise.reject(new Error('server down'));
  await expect(runStep(store(), { name: 'fail', version: 1, inputs: 1, label: null, work })).rejects.toThrow('down');
  expect(filesBelow(store().root)).toEqual([]);
});

test.each([
  ['is missing', (path: string) => rmSync(path)],
  ['is cut short', (path: string) => truncateSync(path, 2)],
])('a record whose artifact %s is not used; the work is done again and its record replaces it', async (_, spoil) => {
  const step = countedStep();
  const first = await step.run();
  spoil(store().objectPath(first.artifact.sha256));
  const second = await step.run();
  expect(second).toMatchObject({ times: 2, reused: false });
  expect(await store().has(second.artifact)).toBe(true);
  expect(await step.run()).toEqual({ ...second, reused: true });
  expect(journal().map(({ won }) => won)).toEqual([true, true]);
});

// The work is exact, so doing it again makes the first record good again.
test.each([
  ['a file of the bundle is missing', (refs: Refs) => rmSync(store().objectPath(refs.file.sha256))],
  ['the manifest is missing', (refs: Refs) => rmSync(store().objectPath(refs.bundle.sha256))],
  ['the manifest is spoiled', (refs: Refs) => spoilInPlace(store().objectPath(refs.bundle.sha256))],
])('reuse is refused when %s', async (_, spoil) => {
  let times = 0;
  const run = () =>
    runStep(store(), {
      name: 'bundle',
      version: 1,
      inputs: null,
      label: null,
      work: async () => {
        times += 1;
        const file = await store().putBytes(Buffer.from('tensor'), mediaTypes.safetensors);
        const manifest = { files: { 'adapter.safetensors': { sha256: file.sha256, bytes: file.bytes } } };
        const bundle = await store().putBytes(Buffer.from(canonicalJson(manifest)), mediaTypes.bundle);
        return { nested: [{ bundle }] };
      },
    });
  const { nested } = await run();
  expect(await run()).toMatchObject({ reused: true });
  spoil({ bundle: nested[0]!.bundle, file: { sha256: sha256('tensor') } });
  const again = await run();
  expect(times).toBe(2);
  expect(again.nested).toEqual(nested);
  expect(await run()).toEqual(again);
  expect(times).toBe(2);
});

interface Refs {
  bundle: ArtifactRef;
  file: { sha256: string };
}

function spoilInPlace(path: string): void {
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('adapter', 'ADAPTER'));
}

test.each([
  ['not JSON', () => '{"key":'],
  ['of another step', () => JSON.stringify({ key: 'f'.repeat(64), step: 's', version: 1, output: {}, seconds: 1 })],
])('a record that is %s is moved aside and the step is done again', async (_, content) => {
  const step = countedStep();
  await step.run();
  writeFileSync(recordOf('inputs'), content());
  expect(await step.run()).toMatchObject({ times: 2, reused: false });
  expect(filesBelow(join(store().root, 'quarantine'))).toHaveLength(1);
  expect(await step.run()).toMatchObject({ times: 2, reused: true });
});
