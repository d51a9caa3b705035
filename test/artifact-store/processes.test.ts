import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sha256 } from '../../artifact-store';
import { startNode, useCompiledProject } from './compiled-project';
import { filesBelow, useTemporaryStore } from './temporary-store';

const compiled = useCompiledProject('contract', 'artifact-store');
const store = useTemporaryStore();

const prelude = (root: string) =>
  `const { ArtifactStore, runStep } = require('./artifact-store'); const store = new ArtifactStore(${JSON.stringify(root)});`;

test('processes that do one step at once agree on the output of the first', async () => {
  const program = `${prelude(store().root)}
    process.stdin.once('data', async () => {
      const work = async () => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return { by: process.pid, artifact: await store.putJson({ by: process.pid }), same: await store.putJson('same') };
      };
      const outcome = await runStep(store, { name: 'step', version: 1, inputs: 'in', label: { round: 1 }, work });
      process.stdout.write(JSON.stringify(outcome));
      process.exit();
    });
    process.stdout.write(' ');`;
  const children = Array.from({ length: 4 }, () => startNode(compiled(), program));
  await Promise.all(children.map((child) => once(child.stdout, 'readable')));
  for (const child of children) child.stdin.write('go');
  const outcomes = (await Promise.all(children.map((child) => text(child.stdout)))).map(
    (output) => JSON.parse(output) as { by: number; reused: boolean },
  );

  expect(new Set(outcomes.map(({ by }) => by)).size).toBe(1);
  expect(outcomes.filter(({ reused }) => !reused)).toHaveLength(1);
  const journal = readFileSync(join(store().root, 'journal.jsonl'), 'utf8').trim().split('\n');
  const lines = journal.map((line) => JSON.parse(line) as { won: boolean; label: unknown });
  expect(lines.filter(({ won }) => won)).toHaveLength(1);
  expect(lines[0]).toMatchObject({ step: 'step', label: { round: 1 }, seconds: expect.any(Number) });
  expect(filesBelow(join(store().root, 'tmp'))).toEqual([]);
});

test('a process killed while it writes leaves nothing half under a name that counts', async () => {
  for (let kill = 0; kill < 4; kill += 1) {
    const child = startNode(
      compiled(),
      `${prelude(store().root)}
      const { randomBytes } = require('node:crypto');
      (async () => {
        for (let n = 0; ; n += 1) {
          const work = async () => ({ artifact: await store.putBytes(randomBytes(4 << 20), 'text/plain') });
          await runStep(store, { name: 'step', version: 1, inputs: { n, kill: ${kill} }, label: null, work });
        }
      })();`,
    );
    const exited = once(child, 'exit');
    await untilWriting(join(store().root, 'tmp'), join(store().root, 'journal.jsonl'));
    child.kill('SIGKILL');
    await exited;
  }
  const objects = filesBelow(join(store().root, 'objects'));
  expect(objects.length).toBeGreaterThan(0);
  for (const object of objects) {
    expect(sha256(readFileSync(join(store().root, 'objects', object)))).toBe(basename(object));
  }
  const records = filesBelow(join(store().root, 'steps'));
  expect(records.length).toBeGreaterThan(0);
  for (const record of records) {
    const { output } = JSON.parse(readFileSync(join(store().root, 'steps', record), 'utf8')) as {
      output: { artifact: { sha256: string; bytes: number } };
    };
    expect(await store().has(output.artifact)).toBe(true);
  }
});

/** Waits until a step was done and another file is being written. */
async function untilWriting(folder: string, journal: string): Promise<void> {
  for (;;) {
    if (existsSync(journal) && existsSync(folder) && readdirSync(folder).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
