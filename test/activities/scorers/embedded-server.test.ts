import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scoreTexts } from '../../../activities/scorers';
import { classifyTexts, createModelServer, tokenize, type ModelServer } from '../../../model-server';
import { findPython } from '../../../workers/embedded/find-programs';
import { projectRoot } from '../../../workers/embedded/project-root';
import { waitUntil } from '../../../workers/embedded/wait-until';
import { resolved } from './kind-cases';

/** The quickstart's policy and a reward model of it on the real embedded server. */
const models = join(projectRoot, 'models', 'quickstart');
const folder = mkdtempSync(join(tmpdir(), 'laser-embedded-'));
let program: ChildProcess;
let server: ModelServer;

beforeAll(async () => {
  const ready = join(folder, 'ready.json');
  const served = [`policy=${join(models, 'policy')}:generate`, `rm=${join(models, 'rm-sum')}:classify`];
  const given = served.flatMap((model) => ['--model', model]);
  program = spawn(await findPython(), ['-m', 'laser.server', '--ready-file', ready, '--exit-with-parent', ...given], {
    env: { ...process.env, PYTHONPATH: join(projectRoot, 'python', 'src'), OMP_NUM_THREADS: '1' },
    stdio: 'ignore',
  });
  const { url } = await waitUntil(
    'laser.server',
    120_000,
    async () => JSON.parse(await readFile(ready, 'utf8')) as { url: string },
  );
  server = createModelServer({ baseUrl: url, timeoutMs: 60_000, maxResponseBytes: 1 << 24 });
}, 130_000);
afterAll(() => {
  server.close();
  program.kill();
  rmSync(folder, { recursive: true, force: true });
});

const [prompt] = readFileSync(join(models, 'data', 'heldout.jsonl'), 'utf8')
  .split('\n')
  .slice(0, 1)
  .map((line) => (JSON.parse(line) as { prompt: string }).prompt);
function scored(config: object, completions: string[]) {
  const items = completions.map((completion) => ({ prompt: prompt!, completion }));
  const world = { modelServer: () => server, signal: new AbortController().signal };
  return scoreTexts(world, resolved({ server: 'embedded', ...config }), items);
}

const sigmoid = (logit: number | null) => 1 / (1 + Math.exp(-logit!));

test('a step’s score is the classifier’s probability at its separator', async () => {
  const steps = { servedModel: 'rm', kind: 'tokenClassify', input: 'text', stepDelimiter: '-', stepSeparator: '~' };
  const upTo = async (text: string) => {
    const { tokenIds } = await tokenize(server, { model: 'rm', prompt: prompt! + text, addSpecialTokens: true });
    const [separator] = (await tokenize(server, { model: 'rm', prompt: '~', addSpecialTokens: false })).tokenIds;
    return tokenIds.slice(0, tokenIds.lastIndexOf(separator!) + 1);
  };
  const texts = await Promise.all(['12~', '12~34~'].map(upTo));
  const logits = await classifyTexts(server, { model: 'rm', texts, addSpecialTokens: false });
  const [first, second] = logits.map(sigmoid);
  const close = (value: number): unknown => expect.closeTo(value, 4);
  const of = async (aggregation: string) => (await scored({ ...steps, aggregation }, ['12', '12-34'])).scores;
  expect(await of('last')).toEqual([close(first!), close(second!)]);
  expect(await of('min')).toEqual([close(first!), close(Math.min(first!, second!))]);
  expect(await of('product')).toEqual([close(first!), close(first! * second!)]);
});

test('the implicit reward of a policy against itself is 0, and 0 is a score', async () => {
  const reference = { server: 'embedded', servedModel: 'policy', revision: 'same' };
  expect(await scored({ servedModel: 'policy', kind: 'implicitDpo', reference }, ['121', ''])).toEqual({
    scores: [0, null],
    missingBy: { empty: 1 },
  });
});

test('the right answer is likelier than another', async () => {
  const { scores } = await scored({ servedModel: 'policy', kind: 'loglik' }, ['121', '999']);
  expect(scores[0]).toBeGreaterThan(scores[1]!);
});
