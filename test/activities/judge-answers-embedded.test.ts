import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createActivities } from '../../activities';
import { judgedOutcome } from '../../contract/evaluation';
import { createModelServer, type ModelServer } from '../../model-server';
import { findPython } from '../../workers/embedded/find-programs';
import { projectRoot } from '../../workers/embedded/project-root';
import { waitUntil } from '../../workers/embedded/wait-until';
import { label, useActivityWorld } from './activity-world';
import { resolved } from './scorers/kind-cases';

/** A chat model with weights of chance on the real embedded server, with a window that a judge's question fits into. */
const writeJudge = [
  'import sys; from pathlib import Path; from conformance import tiny_checkpoints as tiny',
  'tiny.WINDOW = 4096; tiny.write_judge(Path(sys.argv[1]))',
].join('\n');
const world = useActivityWorld();
let folder: string;
let program: ChildProcess;
let server: ModelServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'laser-judge-'));
  const [python, source] = [await findPython(), join(projectRoot, 'python')];
  const env = { ...process.env, PYTHONPATH: `${source}/src:${source}/tests`, OMP_NUM_THREADS: '1' };
  await promisify(execFile)(python, ['-c', writeJudge, join(folder, 'judge')], { env });
  const ready = join(folder, 'ready.json');
  const model = ['--model', `judge=${join(folder, 'judge')}:generate`];
  program = spawn(python, ['-m', 'laser.server', '--ready-file', ready, '--exit-with-parent', ...model], {
    ...{ env, stdio: 'ignore' },
  });
  const { url } = await waitUntil(
    'laser.server',
    120_000,
    async () => JSON.parse(await readFile(ready, 'utf8')) as { url: string },
  );
  server = createModelServer({ baseUrl: url, timeoutMs: 120_000, maxResponseBytes: 1 << 24 });
}, 240_000);
afterAll(async () => {
  server?.close();
  program?.kill();
  await rm(folder, { recursive: true, force: true });
});

test('a real judge gives a verdict in both orders on every prompt where the answers differ', async () => {
  const judge = resolved({ id: 'judge', server: 'embedded', servedModel: 'judge', kind: 'judge', canaries: 0 });
  const store = world.store();
  const ids = ['a', 'd'];
  const put = (text: (id: string) => string) =>
    store.putJsonLines(ids.map((promptId) => ({ promptId, text: text(promptId) })));
  const activities = createActivities({ store, modelServer: () => server });
  const input = {
    ...{ label, judge },
    prompts: await store.putJsonLines(ids.map((promptId) => ({ promptId, prompt: `say ${promptId}` }))),
    answers: await put((id) => (id === 'd' ? 'same' : `${id} it is`)),
    baseline: await put((id) => (id === 'd' ? 'same' : 'no')),
  };
  const judging = world.environment().run(activities.judgeAnswers as never, input);
  const { outcomes, byCategory } = await (judging as ReturnType<typeof activities.judgeAnswers>);
  const { wins, ties, losses, missing } = byCategory[0]!.verdicts!;
  expect({ judged: wins + ties + losses, missing }).toEqual({ judged: 2, missing: 0 });
  const verdicts = await store.getJsonLines(outcomes, judgedOutcome);
  for (const { candidateFirst, candidateSecond } of verdicts) {
    expect([candidateFirst, candidateSecond]).not.toContain(null);
  }
  expect(verdicts[1]).toMatchObject({ candidateFirst: 'tie', candidateSecond: 'tie' });
}, 240_000);
