import { banditObservation } from '../../contract/bandit-log';
import type { BanditRewardOptions } from '../../contract/campaign';
import { preferencePair, type PreferencePair } from '../../contract/round';
import { label, prompts, useActivityWorld } from './activity-world';
import { tokensOf } from './start-vllm';

const world = useActivityWorld();
const options = { pairsPerPrompt: 3, strategy: 'random' as const };

/** Completions with scores, as lines of the two artifacts. */
async function putScored(scored: Record<string, [string, number | null][]>) {
  const lines = Object.entries(scored).map(([promptId, completions]) => ({
    promptId,
    prompt: `${promptId}?`,
    promptTokenIds: tokensOf(`${promptId}?`),
    completions: completions.map(([text]) => ({ text, tokenIds: tokensOf(text), finishReason: 'stop' })),
  }));
  const scores = Object.entries(scored).map(([promptId, own]) => ({ promptId, scores: own.map(([, score]) => score) }));
  return {
    completions: await world.store().putJsonLines(lines),
    selection: { type: 'random' as const, granularity: 'round' as const },
    scoring: [{ rewardModelId: 'rm', prompts: null, scores: await world.store().putJsonLines(scores) }],
  };
}

const scored: Record<string, [string, number | null][]> = {
  a: [
    ['x', 1],
    ['y', 2],
    ['z', 3],
    ['x', 1],
    ['', 5],
    ['w', null],
  ],
  b: [
    ['x', 1],
    ['y', 1],
  ],
  c: [
    ['x', 1],
    ['x', 1],
  ],
  d: [
    ['x', null],
    ['y', null],
  ],
};

test('pairs of the round with tokens and scores; prompts without any, and completions left out, by reason', async () => {
  const result = await world.run('buildPreferencePairs', { label, ...(await putScored(scored)), options, seed: 1 });
  expect(result).toMatchObject({
    count: 3,
    promptsWithoutPairs: { allTied: 1, tooFewDistinct: 1, noScores: 1 },
    completionsLeftOut: { duplicate: 2, empty: 1, missingScore: 3 },
  });
  const pairs = await world.store().getJsonLines(result.pairs!, preferencePair);
  expect(pairs.map(({ chosen, rejected }) => `${chosen}>${rejected}`).sort()).toEqual(['y>x', 'z>x', 'z>y']);
  const best = pairs.find(({ chosen, rejected }) => chosen === 'z' && rejected === 'x');
  expect(best).toEqual({
    promptId: 'a',
    prompt: 'a?',
    promptTokenIds: tokensOf('a?'),
    chosen: 'z',
    chosenTokenIds: tokensOf('z'),
    chosenScore: 3,
    rejected: 'x',
    rejectedTokenIds: tokensOf('x'),
    rejectedScore: 1,
  });
});

test('the same pairs in the same order each time; other ones by seed and round', async () => {
  const many = Object.fromEntries(
    ['a', 'b', 'c'].map((id) => [id, Array.from({ length: 8 }, (_, i): [string, number] => [`${id}${i}`, i])]),
  );
  const input = { label, ...(await putScored(many)), options, seed: 1 };
  const first = await world.run('buildPreferencePairs', input);
  expect(await world.run('buildPreferencePairs', input)).toEqual(first);
  const others = await Promise.all([
    world.run('buildPreferencePairs', { ...input, seed: 2 }),
    world.run('buildPreferencePairs', { ...input, label: { ...label, round: 2 } }),
    world.run('buildPreferencePairs', { ...input, label: { ...label, iteration: 2 } }),
  ]);
  expect(new Set([first, ...others].map(({ pairs }) => pairs!.sha256)).size).toBe(4);
  const order = (await world.store().getJsonLines(first.pairs!, preferencePair)).map(({ promptId }) => promptId);
  expect(order).not.toEqual([...order].sort());
});

test('no pairs at all is an answer, not an error', async () => {
  const input = { label, ...(await putScored({ b: scored['b']! })), options, seed: 1 };
  expect(await world.run('buildPreferencePairs', input)).toMatchObject({ pairs: null, count: 0 });
});

test('scores of several reward models, each for its own prompts, make the round’s pairs together', async () => {
  const two: typeof scored = {
    a: [
      ['x', 1],
      ['y', 2],
    ],
    b: [
      ['x', 4],
      ['y', 3],
    ],
  };
  const whole = await putScored(two);
  const scoresOf = async (promptId: string) => (await putScored({ [promptId]: two[promptId]! })).scoring[0]!.scores;
  const scoring = [
    { rewardModelId: 'rm-b', prompts: [1], scores: await scoresOf('b') },
    { rewardModelId: 'rm-a', prompts: [0], scores: await scoresOf('a') },
  ];
  const input = { label, ...whole, options, seed: 1 };
  const apart = await world.run('buildPreferencePairs', { ...input, scoring });
  expect(apart).toEqual(await world.run('buildPreferencePairs', input));
  const lacking = world.run('buildPreferencePairs', { ...input, scoring: [scoring[0]!] });
  await expect(lacking).rejects.toThrow('Scores of prompt "a" are missing');
});

test.each([
  // Two of three prefer z to x, but by less (0.08 and 1.22 standard deviations) than the third prefers x to z (2.45).
  ['scoreEnsemble', { type: 'scoreEnsemble' as const }, ['x>z', 'y>x', 'y>z']],
  ['agreementEnsemble', { type: 'agreementEnsemble' as const, candidatePairs: 10 }, ['y>x', 'y>z', 'z>x']],
])('%s: one opinion of all reward models', async (_, selection, expected) => {
  const by = async (...scores: number[]) =>
    putScored({ a: ['x', 'y', 'z'].map((text, i): [string, number] => [text, scores[i]!]) });
  const models = await Promise.all([by(1, 30, 2), by(0, 2, 1), by(5, 4, 3)]);
  const scoring = models.map((model, index) => ({ ...model.scoring[0]!, rewardModelId: `rm-${index}` }));
  const { pairs } = await world.run('buildPreferencePairs', {
    ...{ label, completions: models[0].completions, scoring, selection, options, seed: 1 },
  });
  const lines = await world.store().getJsonLines(pairs!, preferencePair);
  expect(lines.map(({ chosen, rejected }) => `${chosen}>${rejected}`).sort()).toEqual(expected);
});

interface Choice {
  scope: string | null;
  armId: string;
}

async function rewardOf(
  reward: BanditRewardOptions,
  trainLoss: number,
  rawRewards: number[],
  pairs: Partial<PreferencePair>[] = [{ promptId: 'a', chosen: '2', rejected: '1' }],
  choices: Choice[] = [{ scope: null, armId: 'rm' }],
) {
  const store = world.store();
  const { sha256: context } = await store.putJson({ values: [1] });
  const place = { iteration: 1, scope: null, armId: 'rm', context, propensity: 1 };
  const observations = rawRewards.map((rawReward, index) => ({ ...place, round: index + 1, rawReward, reward: 0.5 }));
  const start = { seed: 1, selection: { type: 'random', granularity: 'round' } as const, arms: ['rm'] };
  const { banditLog: empty } = await world.run('createBandit', start);
  const { banditLog } = await world.run('updateBandit', {
    banditLog: empty,
    observations: await store.putJsonLines(observations),
  });
  const whole = pairs.map((pair) => ({
    ...{
      prompt: 'p',
      promptTokenIds: [1],
      chosenTokenIds: [1],
      rejectedTokenIds: [1],
      chosenScore: 1,
      rejectedScore: 0,
    },
    ...pair,
  }));
  const result = await world.run('computeBanditReward', {
    options: reward,
    banditLog,
    trainLoss,
    iteration: 1,
    round: 1,
    decisions: await store.putJsonLines(
      choices.map(({ scope, armId }) => ({ scope, context, rewardModelId: armId, propensity: 1, arms: [] })),
    ),
    promptLosses: await store.putJsonLines([
      { promptId: 'a', loss: 1, pairs: 3 },
      { promptId: 'b', loss: 3, pairs: 1 },
    ]),
    pairs: await store.putJsonLines(whole),
    plan: await world.putPlan([...prompts, { promptId: 'unanswered', prompt: 'p' }]),
    answerPattern: '(\\d+)$',
  });
  const lines = result.observations === null ? [] : await store.getJsonLines(result.observations, banditObservation);
  return { rawReward: result.rawReward, reward: result.reward, lines };
}

const trainLoss = { type: 'trainLoss', lowQuantile: 0.2, highQuantile: 0.8 } as const;

test.each([
  // History −1, −2, −3, −4 and this one; with five values the 20 % and 80 % quantiles lie at places 0.8 and 3.2.
  ['between the quantiles', 2.5, (-2.5 - -3.2) / (-1.8 - -3.2)],
  ['above the upper', 0.5, 1],
  ['below the lower', 5, 0],
])('minus the train loss, %s of its history', async (_, loss, expected) => {
  const { rawReward, reward } = await rewardOf(trainLoss, loss, [-1, -2, -3, -4]);
  expect(rawReward).toBe(-loss);
  expect(reward).toBeCloseTo(expected, 12);
});

test('the first loss says nothing yet', async () => {
  expect(await rewardOf(trainLoss, 0.7, [])).toMatchObject({ rawReward: -0.7, reward: 0.5 });
});

test('verified pairs: confirmed minus contradicted, over all whose prompt has an answer', async () => {
  const { rawReward, reward } = await rewardOf(
    { type: 'verifiedPairs' },
    0.7,
    [],
    [
      { promptId: 'a', chosen: '= 2', rejected: '3' },
      { promptId: 'a', chosen: '2', rejected: '1' },
      { promptId: 'b', chosen: '5', rejected: '6' },
      { promptId: 'b', chosen: '6', rejected: 'so 6' },
      { promptId: 'unanswered', chosen: '1', rejected: '2' },
    ],
  );
  expect(rawReward).toBe((2 - 1) / 4);
  expect(reward).toBe((0.25 + 1) / 2);
});

test('a choice for a part of the round is rewarded by its own prompts; one whose prompts gave no pairs, not at all', async () => {
  const pairs = [
    { promptId: 'a', chosen: '2', rejected: '1' },
    { promptId: 'b', chosen: '5', rejected: '6' },
  ];
  const choices = [
    { scope: 'a', armId: 'rm-a' },
    { scope: 'product', armId: 'rm-b' },
    { scope: 'unanswered', armId: 'rm-c' },
  ];
  const { lines, rawReward } = await rewardOf({ type: 'verifiedPairs' }, 0.7, [], pairs, choices);
  expect(lines).toMatchObject([
    { scope: 'a', armId: 'rm-a', rawReward: 1, reward: 1 },
    { scope: 'product', armId: 'rm-b', rawReward: -1, reward: 0 },
  ]);
  expect(rawReward).toBe(0);
  const byLoss = await rewardOf(trainLoss, 0.7, [], pairs, choices);
  expect(byLoss.lines.map(({ rawReward: raw }) => raw)).toEqual([-1, -3]);
});
