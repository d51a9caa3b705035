import type { ScoreCompletionsInput } from '../../activities/score-completions';
import { failureTypes } from '../../contract/failure-types';
import { promptScores, type PromptCompletions } from '../../contract/round';
import { rejection } from '../model-server/against';
import { sendJson } from '../model-server/start-fake-server';
import { label, useActivityWorld } from './activity-world';
import { tokensOf } from './start-vllm';

const world = useActivityWorld();
const served = {
  id: 'rm-one',
  server: 'embedded',
  servedModel: 'rm',
  revision: 'rev',
  maxConcurrentRequests: 2,
  maxItemsPerRequest: 3,
} as const;
const texts = { ...served, kind: 'classify', input: 'text' } as const;
const messages = { ...served, kind: 'classify', input: 'messages' } as const;
const loglik = { ...served, kind: 'loglik', span: 'completion' } as const;
type Model = ScoreCompletionsInput['rewardModel'];

async function input(
  rewardModel: Model,
  completions: string[][] = [
    ['a', 'bb'],
    ['', 'cc'],
  ],
): Promise<ScoreCompletionsInput> {
  const lines = completions.map((own, index): PromptCompletions => {
    const prompt = `p${index}`;
    const of = (text: string) => ({ text, tokenIds: tokensOf(text), finishReason: 'stop' as const });
    return { promptId: prompt, prompt, promptTokenIds: tokensOf(prompt), completions: own.map(of) };
  });
  return { label, rewardModel, completions: await world.store().putJsonLines(lines), prompts: null };
}

async function scoresOf(rewardModel: Model, completions?: string[][]) {
  const outcome = await world.run('scoreCompletions', await input(rewardModel, completions));
  const lines = await world.store().getJsonLines(outcome.scores, promptScores);
  return { ...outcome, lines: lines.map(({ scores }) => scores) };
}

test('only the prompts that are asked for are scored, each set of them once', async () => {
  const whole = await input(texts);
  const part = await world.run('scoreCompletions', { ...whole, prompts: [1] });
  const lines = await world.store().getJsonLines(part.scores, promptScores);
  expect(lines).toEqual([{ promptId: 'p1', scores: [2, 4] }]);
  expect(part).toMatchObject({ scored: 2, reused: false });
  expect(await world.run('scoreCompletions', { ...whole, prompts: [1] })).toMatchObject({ reused: true });
  expect(await world.run('scoreCompletions', whole)).toMatchObject({ scored: 4, reused: false });
});

test('a classifier of texts gets prompt and completion as one, so many a request', async () => {
  expect((await scoresOf(texts)).lines).toEqual([
    [3, 4],
    [2, 4],
  ]);
  expect(
    world
      .vllm()
      .calls('/classify')
      .map(({ body }) => body),
  ).toEqual([
    { model: 'rm', input: ['p0a', 'p0bb', 'p1'], use_activation: false, add_special_tokens: true },
    { model: 'rm', input: ['p1cc'], use_activation: false, add_special_tokens: true },
  ]);
});

test('a classifier of conversations gets one a request', async () => {
  expect((await scoresOf(messages)).lines).toEqual([
    [4, 5],
    [3, 5],
  ]);
  expect(world.vllm().calls('/classify')).toHaveLength(4);
  expect(world.vllm().calls('/classify')[0]!.body).toMatchObject({
    messages: [
      { role: 'user', content: 'p0' },
      { role: 'assistant', content: 'a' },
    ],
  });
});

const mean = (text: string) => tokensOf(text).reduce((sum, id) => sum - id / 1000, 0) / text.length;

test('a language model scores by the mean log-likelihood of the completion’s tokens; none for no token', async () => {
  const { lines, scored, missing } = await scoresOf(loglik);
  expect(lines).toEqual([
    [expect.closeTo(mean('a')), expect.closeTo(mean('bb'))],
    [null, expect.closeTo(mean('cc'))],
  ]);
  expect({ scored, missing }).toEqual({ scored: 3, missing: 1 });
});

test('or of prompt and completion, all tokens but the first', async () => {
  const { lines } = await scoresOf({ ...loglik, span: 'promptAndCompletion' });
  expect(lines[0]).toEqual([expect.closeTo(mean('0a')), expect.closeTo(mean('0bb'))]);
});

test.each([['NaN'], ['Infinity'], ['null'], ['"high"']])(
  'a score that is %s is missing, counted, and never 0',
  async (bad) => {
    world.vllm().override = (response, { path }) => {
      if (path !== '/classify') return false;
      response.end(`{"data":[{"index":1,"probs":[${bad}]},{"index":0,"probs":[0.5]}]}`);
      return true;
    };
    const { lines, scored, missing } = await scoresOf(texts, [['a', 'b']]);
    expect(lines).toEqual([[0.5, null]]);
    expect({ scored, missing }).toEqual({ scored: 1, missing: 1 });
  },
);

test.each([
  [1, false],
  [2, false],
  [3, true],
])('not one score: attempt %i is final: %s, so a broken RM is given up after three', async (attempt, final) => {
  world.vllm().override = (response) => {
    sendJson(response, 400, { error: { message: 'Out of range float values are not JSON compliant' } });
    return true;
  };
  const failure = await rejection<Error>(world.run('scoreCompletions', await input(texts), attempt));
  expect(failure).toMatchObject({ type: failureTypes.noScores, nonRetryable: final });
  expect(failure.message).toMatch(
    /"rm-one" gave no finite score for any of 4 completions \(notFinite 4\)\. .*laser doctor/,
  );
});

test('scored once by revision, kind and input; address and id do not count', async () => {
  await scoresOf(texts);
  const other = {
    ...texts,
    id: 'another',
    server: 'http://elsewhere',
    servedModel: 'x',
    maxItemsPerRequest: 1,
  } as const;
  expect(await scoresOf(other)).toMatchObject({ reused: true });
  expect(await scoresOf({ ...texts, revision: 'new' })).toMatchObject({ reused: false });
  expect(await scoresOf(messages)).toMatchObject({ reused: false });
});

test('an implicit reward is scored anew under another reference, β or normalisation, not under another name', async () => {
  const reference = { server: 'embedded', servedModel: 'policy', revision: 'ref' } as const;
  const dpo = { ...served, kind: 'implicitDpo', reference, beta: 1, lengthNormalised: false } as const;
  expect((await scoresOf(dpo)).reused).toBe(false);
  expect((await scoresOf({ ...dpo, reference: { ...reference, server: 'http://elsewhere:1' } })).reused).toBe(true);
  expect((await scoresOf({ ...dpo, reference: { ...reference, revision: 'other' } })).reused).toBe(false);
  expect((await scoresOf({ ...dpo, beta: 2 })).reused).toBe(false);
  expect((await scoresOf({ ...dpo, lengthNormalised: true })).reused).toBe(false);
});

describe('a verifier', () => {
  const exact = { type: 'exact', pattern: '\\d+' } as const;
  const verifier = { id: 'exact', kind: 'verifier', revision: 'rule', rule: exact } as const;
  const completions = [
    ['is 7', 'is 8'],
    ['is 9', '9'],
  ];
  const withPlan = async (answers: (string | undefined)[]) => {
    const records = answers.map((answer, index) => ({
      promptId: `p${index}`,
      prompt: `p${index}`,
      ...(answer !== undefined && { answer }),
    }));
    return { ...(await input(verifier, completions)), plan: await world.putPlan(records), round: 1 };
  };
  const linesOf = async (asked: ScoreCompletionsInput) => {
    const { scores, ...outcome } = await world.run('scoreCompletions', asked);
    return { ...outcome, lines: (await world.store().getJsonLines(scores, promptScores)).map((line) => line.scores) };
  };

  test('reads the round’s verified answers, and needs no server', async () => {
    expect(await linesOf(await withPlan(['7', '9']))).toMatchObject({
      lines: [
        [1, 0],
        [1, 1],
      ],
      missing: 0,
      missingBy: {},
    });
    expect(world.vllm().requests).toEqual([]);
  });

  test('scores are missing where a prompt has no answer, and are another step under other answers', async () => {
    expect(await linesOf(await withPlan(['7', undefined]))).toMatchObject({
      lines: [
        [1, 0],
        [null, null],
      ],
      missingBy: { noAnswer: 2 },
      reused: false,
    });
    expect(await linesOf(await withPlan(['8', undefined]))).toMatchObject({
      lines: [
        [0, 1],
        [null, null],
      ],
      reused: false,
    });
    expect(await linesOf(await withPlan(['8', undefined]))).toMatchObject({ reused: true });
  });

  test('without a plan nothing can be checked', async () => {
    const failure = await rejection<Error>(world.run('scoreCompletions', await input(verifier, completions)));
    expect(failure.message).toContain('(noAnswer 4)');
  });
});

test('a reward model that reads no answers is the same step with and without a plan', async () => {
  await scoresOf(texts);
  const plan = await world.putPlan([{ promptId: 'p0', prompt: 'p0', answer: '1' }]);
  const outcome = await world.run('scoreCompletions', { ...(await input(texts)), plan, round: 1 });
  expect(outcome).toMatchObject({ reused: true });
});

test('the first failure ends the scoring: no request is sent after it', async () => {
  world.vllm().override = (response, { path }) => {
    if (path !== '/classify') return false;
    setTimeout(() => sendJson(response, 503, { error: { message: 'overloaded' } }), 20);
    return true;
  };
  const many = [Array.from({ length: 40 }, (_, index) => `c${index}`)];
  await expect(world.run('scoreCompletions', await input(messages, many))).rejects.toMatchObject({
    type: failureTypes.serverUnavailable,
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(world.vllm().calls('/classify')).toHaveLength(served.maxConcurrentRequests);
});
