import { preferencePair } from '../../contract/round';
import { label, useActivityWorld } from './activity-world';
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
