import { canaryAnswers } from '../../activities/scorers/judge/judge-prompts';
import { judgedOutcome } from '../../contract/evaluation';
import { rejection } from '../model-server/against';
import { sendJson } from '../model-server/start-fake-server';
import { label, serving, useActivityWorld } from './activity-world';
import { resolved } from './scorers/kind-cases';

const world = useActivityWorld();
const held = [
  { promptId: 'a', prompt: '1+1=', category: 'sum' },
  { promptId: 'b', prompt: '2*3=', category: 'product' },
  { promptId: 'c', prompt: '4+4=', category: 'sum' },
];
const judge = resolved({ id: 'judge', server: 'embedded', servedModel: 'judge', kind: 'judge', canaries: 0 });
const texts = (byId: Record<string, string>) =>
  world.store().putJsonLines(Object.entries(byId).map(([promptId, text]) => ({ promptId, text })));
const baselineTexts = { a: 'bb', b: 'bbbb', c: 'same' };
const policyTexts = { a: 'aaa', b: 'aa', c: 'same' };

/** The judge's winner of two answers, A and B, as told; every other route answers as ever. */
function judging(winner: (answers: [string, string]) => string | null): void {
  world.vllm().override = (response, { path, body }) => {
    if (path !== '/v1/chat/completions') return false;
    const { messages } = body as { messages: { content: string }[] };
    const fenced = /^----- (?!end)[^\n]* -----\n([\s\S]*?)\n----- end of/gm;
    const [, a, b] = [...messages[1]!.content.matchAll(fenced)].map(([, text]) => text!);
    sendJson(response, 200, { choices: [{ index: 0, message: { content: winner([a!, b!]) } }] });
    return true;
  };
}
const longer = ([a, b]: [string, string]) =>
  JSON.stringify({ winner: a.length === b.length ? 'tie' : a.length > b.length ? 'A' : 'B' });
const questions = () => world.vllm().calls('/v1/chat/completions').length;

interface Judging {
  answers?: Record<string, string>;
  baseline?: Record<string, string> | null;
  by?: ReturnType<typeof resolved>;
  records?: object[];
}
async function judged({ answers = policyTexts, baseline = baselineTexts, by = judge, records = held }: Judging = {}) {
  return world.run('judgeAnswers', {
    ...{ label, judge: by },
    prompts: await world.store().putJsonLines(records),
    answers: await texts(answers),
    baseline: baseline && (await texts(baseline)),
  });
}
const meanLength = (policy: number, baseline: number) => ({ policy, baseline });

test('a judge is asked in both orders; equal answers tie without a question; each verdict is kept', async () => {
  judging(longer);
  const { outcomes, byCategory } = await judged();
  const none = { wins: 0, ties: 0, losses: 0, flipped: 0, missing: 0 };
  expect(byCategory).toEqual([
    { category: 'product', correct: 0, total: 1, verdicts: { ...none, losses: 1, meanLength: meanLength(2, 4) } },
    {
      category: 'sum',
      correct: 1.5,
      total: 2,
      verdicts: { ...none, wins: 1, ties: 1, meanLength: meanLength(3.5, 3) },
    },
  ]);
  expect(questions()).toBe(4);
  const both = (preferred: string) => ({ candidateFirst: preferred, candidateSecond: preferred });
  expect(await world.store().getJsonLines(outcomes, judgedOutcome)).toEqual([
    { promptId: 'a', category: 'sum', ...both('candidate'), text: 'aaa', baseline: 'bb' },
    { promptId: 'b', category: 'product', ...both('baseline'), text: 'aa', baseline: 'bbbb' },
    { promptId: 'c', category: 'sum', ...both('tie'), text: 'same', baseline: 'same' },
  ]);
  expect(await judged()).toMatchObject({ reused: true, outcomes });
});

test('a judge that likes the first place makes ties, shown as flipped', async () => {
  judging(() => '{"winner":"A"}');
  const { byCategory } = await judged();
  expect(byCategory.map(({ correct, verdicts }) => [correct, verdicts!.ties, verdicts!.flipped])).toEqual([
    [0.5, 1, 1],
    [1, 2, 1],
  ]);
});

test('a prompt without a verdict in both orders is missing, never a loss', async () => {
  judging(([a, b]) => (a === 'aaa' ? 'no idea' : longer([a, b])));
  const { byCategory } = await judged();
  expect(byCategory[1]).toMatchObject({ category: 'sum', correct: 0.5, total: 1, verdicts: { ties: 1, missing: 1 } });
});

test('a category without any verdict fails, twice to be tried again', async () => {
  judging(() => 'no idea');
  const failed = async (attempt: number) => {
    const prompts = await world.store().putJsonLines(held);
    const [answers, baseline] = [await texts(policyTexts), await texts(baselineTexts)];
    return rejection(world.run('judgeAnswers', { label, judge, prompts, answers, baseline }, attempt));
  };
  expect(await failed(1)).toMatchObject({
    ...{ type: 'NoScores', nonRetryable: false },
    message: expect.stringMatching(
      /^Judge "judge" gave no verdict on any of 1 prompts of category "product"/,
    ) as string,
  });
  expect(await failed(3)).toMatchObject({ nonRetryable: true });
});

test('where a canary beats the baseline, the judge is not believed, whatever it says of the policy', async () => {
  const by = resolved({ id: 'judge', server: 'embedded', servedModel: 'judge', kind: 'judge', canaries: 1 });
  judging(([a, b]) => {
    if (a === canaryAnswers[0] && b === 'bb') return '{"winner":"A"}';
    if (b === canaryAnswers[0] && a === 'bb') return '{"winner":"B"}';
    return canaryAnswers.includes(a) || canaryAnswers.includes(b) ? '{"winner":"tie"}' : longer([a, b]);
  });
  const { byCategory } = await judged({ by });
  expect(byCategory.map(({ correct, verdicts }) => [correct, verdicts!.missing])).toEqual([
    [0, 0],
    [0.5, 1],
  ]);
  expect(questions()).toBe(8);
});

test('of a reward model that scores, the higher score wins and equal scores tie', async () => {
  const by = resolved({ id: 'rm', server: 'embedded', servedModel: 'rm', kind: 'classify', input: 'text' });
  const answers = { a: 'aaa', b: 'aaaa', c: 's' };
  const { byCategory } = await judged({ by, answers });
  expect(byCategory.map(({ verdicts }) => [verdicts!.wins, verdicts!.ties, verdicts!.losses])).toEqual([
    [0, 1, 0],
    [1, 0, 1],
  ]);
});

test('against reference answers, and by a rule that reads them', async () => {
  const records = held.map((record, index) => ({ ...record, answer: `${index}` }));
  const by = resolved({ id: 'rule', kind: 'verifier', rule: { type: 'exact', pattern: '(\\d+)' } });
  const answers = { a: 'it is 0', b: '7', c: '2' };
  const { byCategory } = await judged({ by, baseline: null, answers, records });
  expect(byCategory.map(({ correct, total }) => [correct, total])).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

test('answers to other prompts are not compared', async () => {
  judging(longer);
  await expect(judged({ baseline: { a: 'x', b: 'y' } })).rejects.toThrow('Prompt "c" has no answer of the baseline');
});

test('the policy’s answers: greedy ones do not depend on the seed, samples do', async () => {
  const policy = await world.policy(0);
  const prompts = await world.store().putJsonLines(held);
  const answer = (temperature: number, seed: number) =>
    world.run('answerPrompts', { label, serving, policy, prompts, maxTokens: 8, stop: [], temperature, seed });
  const greedy = await answer(0, 1);
  expect(await answer(0, 2)).toEqual({ ...greedy, reused: true });
  const [first, second] = [await answer(0.7, 1), await answer(0.7, 2)];
  expect(first.answers).not.toEqual(second.answers);
  const asked = world
    .vllm()
    .calls('/v1/completions')
    .map(({ body }) => body as { n: number; temperature: number; seed: number });
  expect(asked.slice(-3)).toMatchObject([
    { n: 1, temperature: 0, seed: 0 },
    { temperature: 0.7, seed: 1 },
    { temperature: 0.7, seed: 2 },
  ]);
});

test('two judged measurements compare by the sign test; a prompt without a verdict in one is left out', async () => {
  const line = (promptId: string, preferred: string | null) => ({
    ...{ promptId, category: 'sum', candidateFirst: preferred, candidateSecond: preferred, text: 'x', baseline: 'y' },
  });
  const put = (verdicts: (string | null)[]) =>
    world.store().putJsonLines(verdicts.map((preferred, index) => line(`${index}`, preferred)));
  const before = await put(['tie', 'tie', 'tie', 'tie', 'tie']);
  const after = await put(['candidate', 'candidate', 'candidate', 'tie', null]);
  const { rows, pValue } = await world.run('compareEvaluations', { before, after });
  expect(rows).toMatchObject([{ category: 'all', total: 4, before: { value: 0.5 }, after: { value: 3.5 / 4 } }]);
  // Three prompts got better, none worse: 2 · (1/2)³.
  expect(pValue).toBeCloseTo(0.25, 12);
});
