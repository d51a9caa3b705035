import { evaluationOutcome } from '../../contract/evaluation';
import { wilsonInterval } from '../../algorithm';
import { sendJson } from '../model-server/start-fake-server';
import { label, serving, useActivityWorld } from './activity-world';
import { tokensOf } from './start-vllm';

const world = useActivityWorld();
const options = { maxTokens: 8, stop: [], answerPattern: '(\\d+)' };
const held = [
  { promptId: 'a', prompt: '1+1=', answer: '2', category: 'sum' },
  { promptId: 'b', prompt: '2*3=', answer: '6', category: 'product' },
  { promptId: 'c', prompt: '4+4=', answer: '8', category: 'sum' },
];

/** The server answers each prompt as told. */
function answering(texts: Record<string, string>): void {
  world.vllm().override = (response, { path, body }) => {
    if (path !== '/v1/completions') return false;
    const { prompt } = body as { prompt: string[] };
    const choices = prompt.map((one, index) => ({
      index,
      text: texts[one],
      token_ids: tokensOf(texts[one]!),
      prompt_token_ids: tokensOf(one),
      finish_reason: 'stop',
    }));
    sendJson(response, 200, { choices });
    return true;
  };
}

async function evaluate(records: object[] = held, iteration = 0) {
  const policy = await world.policy(iteration);
  const prompts = await world.store().putJsonLines(records);
  return world.run('evaluatePolicy', { label, serving, policy, prompts, ...options });
}

test('greedy answers against the verified ones, by category, each outcome kept', async () => {
  answering({ '1+1=': 'it is 2.', '2*3=': 'first 6, then 7', '4+4=': 'eight' });
  const { outcomes, byCategory } = await evaluate();
  expect(byCategory).toEqual([
    { category: 'product', correct: 0, total: 1 },
    { category: 'sum', correct: 1, total: 2 },
  ]);
  expect(await world.store().getJsonLines(outcomes, evaluationOutcome)).toEqual([
    { promptId: 'a', category: 'sum', correct: true, text: 'it is 2.' },
    { promptId: 'b', category: 'product', correct: false, text: 'first 6, then 7' },
    { promptId: 'c', category: 'sum', correct: false, text: 'eight' },
  ]);
  expect(world.vllm().calls('/v1/completions')[0]!.body).toMatchObject({ n: 1, temperature: 0, max_tokens: 8 });
});

test('many prompts go in requests of 256, and come back in order', async () => {
  const many = Array.from({ length: 600 }, (_, index) => ({
    promptId: `${index}`,
    prompt: `${index}=`,
    answer: `${index}`,
  }));
  answering(Object.fromEntries(many.map(({ prompt, answer }) => [prompt, answer])));
  expect(await evaluate(many)).toMatchObject({ byCategory: [{ category: 'all', correct: 600, total: 600 }] });
  const sizes = world
    .vllm()
    .calls('/v1/completions')
    .map(({ body }) => (body as { prompt: string[] }).prompt.length);
  expect(sizes.sort()).toEqual([256, 256, 88]);
});

test('evaluated once', async () => {
  answering({ '1+1=': '2', '2*3=': '6', '4+4=': '8' });
  const first = await evaluate();
  expect(await evaluate()).toEqual({ ...first, reused: true });
});

async function outcomesOf(outcomes: [string, boolean][]) {
  const lines = outcomes.map(([category, correct], index) => ({ promptId: `${index}`, category, correct, text: '' }));
  return world.store().putJsonLines(lines);
}

test('before and after: a row a category and one for all, whatever the categories are called', async () => {
  const before = await outcomesOf([
    ['all', false],
    ['sum', true],
    ['sum', false],
    ['sum', false],
  ]);
  const after = await outcomesOf([
    ['all', true],
    ['sum', true],
    ['sum', true],
    ['sum', false],
  ]);
  const { rows, pValue } = await world.run('compareEvaluations', { before, after });
  expect(rows.map(({ category, total, before: b, after: a }) => [category, total, b.value, a.value])).toEqual([
    ['all', 1, 0, 1],
    ['sum', 3, 1 / 3, 2 / 3],
    ['all', 4, 1 / 4, 3 / 4],
  ]);
  expect(rows[2]!.after).toEqual({ value: 0.75, ...wilsonInterval(3, 4) });
  // Two prompts turned right, none wrong: 2 · (1/2)² = 1/2.
  expect(pValue).toBeCloseTo(0.5, 12);
});

test('one category needs no row of its own', async () => {
  const outcomes = await outcomesOf([
    ['sum', true],
    ['sum', false],
  ]);
  const { rows } = await world.run('compareEvaluations', { before: outcomes, after: outcomes });
  expect(rows.map(({ category }) => category)).toEqual(['all']);
});

test('measurements of different prompts are not compared', async () => {
  const before = await outcomesOf([
    ['sum', true],
    ['sum', true],
  ]);
  const after = await outcomesOf([['sum', true]]);
  await expect(world.run('compareEvaluations', { before, after })).rejects.toThrow(
    'Prompt "1" was measured before but not after.',
  );
});
