import { readBanditLog } from '../../activities/bandit-log';
import type { ArtifactRef } from '../../contract/artifact';
import { armDecision } from '../../contract/round-record';
import { selection } from '../../contract/selection';
import { useActivityWorld } from './activity-world';
import { tokensOf } from './start-vllm';

const world = useActivityWorld();
const arms = ['rm-a', 'rm-b', 'rm-c'];
const mixed = [
  { promptId: 'a', prompt: '1', category: 'sum', answer: '2' },
  { promptId: 'b', prompt: '2', category: 'sort', answer: '6' },
];

async function begin(chosen: object, rounds?: number): Promise<ArtifactRef> {
  const start = { seed: 9, selection: selection.parse(chosen), arms, ...(rounds && { rounds }) };
  return (await world.run('createBandit', start)).banditLog;
}

/** An iteration of three rounds; contexts by scope. */
async function choose(
  banditLog: ArtifactRef,
  iteration: number,
  round: number,
  { prompts = mixed, scopes = [null] as (string | null)[] } = {},
) {
  const store = world.store();
  const { sha256: context } = await store.putJson({ values: [1, 0] });
  const contexts = await store.putJsonLines(scopes.map((scope) => ({ scope, context })));
  const promptBatch = await store.putJsonLines(prompts);
  const plan = await store.putJson({ batches: Array.from({ length: 3 }, () => ({ promptBatch, category: null })) });
  const result = await world.run('selectRewardModels', { banditLog, contexts, plan, iteration, round });
  return { ...result, plan, chosen: await store.getJsonLines(result.decisions, armDecision) };
}

async function sequence(banditLog: ArtifactRef, iterations: number): Promise<string[]> {
  const picks: string[] = [];
  for (let iteration = 1; iteration <= iterations; iteration += 1) {
    for (let round = 1; round <= 3; round += 1) {
      const { chosen } = await choose(banditLog, iteration, round);
      picks.push(chosen[0]!.rewardModelId);
    }
  }
  return picks;
}

const observed = async (banditLog: ArtifactRef, armId: string, reward: number, values: number[]) => {
  const { sha256: context } = await world.store().putJson({ values });
  const place = { iteration: 1, round: 1, scope: null, context, propensity: 1, rawReward: reward };
  const observations = await world.store().putJsonLines([{ ...place, armId, reward }]);
  return (await world.run('updateBandit', { banditLog, observations })).banditLog;
};

test('sequential: each has its part of all rounds, in order, whatever was observed', async () => {
  const banditLog = await begin({ type: 'sequential' }, 6);
  expect(await sequence(banditLog, 2)).toEqual(['rm-a', 'rm-a', 'rm-b', 'rm-b', 'rm-c', 'rm-c']);
  expect(await sequence(await observed(banditLog, 'rm-c', 1, [1, 0]), 1)).toEqual(['rm-a', 'rm-a', 'rm-b']);
  await expect(begin({ type: 'sequential' })).rejects.toThrow('sequential: rounds is not known');
});

test('round robin goes on where rounds gave nothing to observe', async () => {
  const banditLog = await begin({ type: 'roundRobin' });
  expect(await sequence(banditLog, 2)).toEqual([...arms, ...arms]);
  const wanted = { arms: ['rm-a', 'rm-c'], masked: [] };
  const { banditLog: two } = await world.run('adjustBandit', { banditLog, iteration: 1, round: 1, wanted });
  expect(await sequence(two, 1)).toEqual(['rm-a', 'rm-c', 'rm-a']);
});

test('oracle: the best of the category by its table, of those that may be asked', async () => {
  const table = { sum: { 'rm-a': 0.2, 'rm-b': 0.9, 'rm-c': 0.5 }, sort: { 'rm-a': 0.8, 'rm-b': 0.1, 'rm-c': 0.7 } };
  const banditLog = await begin({ type: 'oracle', granularity: 'category', table });
  const { chosen, asked } = await choose(banditLog, 1, 1, { scopes: ['sum', 'sort'] });
  expect(chosen).toMatchObject([
    { scope: 'sum', rewardModelId: 'rm-b', propensity: 1 },
    { scope: 'sort', rewardModelId: 'rm-a', propensity: 1 },
  ]);
  expect(chosen[0]!.arms.map(({ score }) => score)).toEqual([0.2, 0.9, 0.5]);
  expect(asked).toEqual([
    { rewardModelId: 'rm-b', prompts: [0] },
    { rewardModelId: 'rm-a', prompts: [1] },
  ]);
  // Of mixed prompts, the best in the mean.
  expect((await choose(banditLog, 1, 1)).chosen[0]!.rewardModelId).toBe('rm-c');
  const masked = { iteration: 1, round: 1, wanted: { arms, masked: ['rm-b'] } };
  const { banditLog: without } = await world.run('adjustBandit', { banditLog, ...masked });
  expect((await choose(without, 1, 1, { prompts: [mixed[0]!] })).chosen[0]!.rewardModelId).toBe('rm-c');
});

test('cost: a better reward model is not worth its price, until the weight is lower', async () => {
  const bandit = { type: 'linUcb', alpha: 0 };
  const pick = async (weight: number) => {
    const cost = { weight, perRewardModel: { 'rm-a': 10, 'rm-b': 1 } };
    let banditLog = await begin({ type: 'laser', contextScaling: 'none', bandit, cost });
    banditLog = await observed(banditLog, 'rm-a', 1, [1, 0]);
    banditLog = await observed(banditLog, 'rm-b', 0.7, [1, 0]);
    return (await choose(banditLog, 1, 1)).chosen[0]!;
  };
  expect((await pick(0)).rewardModelId).toBe('rm-a');
  const dear = await pick(0.5);
  expect(dear.rewardModelId).toBe('rm-b');
  dear.arms.forEach(({ mean }, i) => expect(mean).toBeCloseTo([0.5 - 0.5, 0.35 - 0.05, 0][i]!, 12));
});

/** Scores of two prompts' completions by each of the three reward models; answers 2 and 6. */
async function scoredRound(scoresOf: Record<string, [number | null, number | null][]>) {
  const store = world.store();
  const texts = [
    ['2', '3'],
    ['6', '7'],
  ];
  const completions = await store.putJsonLines(
    mixed.map(({ promptId, prompt }, i) => ({
      ...{ promptId, prompt, promptTokenIds: [1] },
      completions: texts[i]!.map((text) => ({ text, tokenIds: tokensOf(text), finishReason: 'stop' })),
    })),
  );
  const scoring = await Promise.all(
    Object.entries(scoresOf).map(async ([rewardModelId, own]) => ({
      rewardModelId,
      scores: await store.putJsonLines(own.map((scores, i) => ({ promptId: mixed[i]!.promptId, scores }))),
    })),
  );
  return { completions, scoring };
}

const ways: [number | null, number | null][][] = [
  [
    [1, 0],
    [1, 0],
  ],
  [
    [0, 1],
    [5, 5],
  ],
  [
    [0, 1],
    [null, 1],
  ],
];

test.each([
  // The ensemble takes 3 over 2 (two of three) and 6 over 7 (the only one with an opinion).
  ['ensemble', { 'rm-a': 0.5, 'rm-b': 0.25, 'rm-c': 0 }],
  ['verified', { 'rm-a': 0, 'rm-b': 0.75, 'rm-c': 1 }],
] as const)(
  'online ensemble, by %s: weights fall by the pairs a reward model orders wrong',
  async (reference, expected) => {
    const banditLog = await begin({ type: 'onlineEnsemble', learningRate: 2, reference });
    const first = await choose(banditLog, 1, 1);
    expect(first.chosen).toEqual([]);
    expect(first.asked).toEqual(
      arms.map((rewardModelId) => ({ rewardModelId, prompts: null, weight: expect.closeTo(1 / 3, 12) })),
    );
    const { completions, scoring } = await scoredRound({ 'rm-a': ways[0]!, 'rm-b': ways[1]!, 'rm-c': ways[2]! });
    const { pairs } = await world.run('buildPreferencePairs', {
      label: { campaignId: 'c', iteration: 1, round: 1 },
      completions,
      scoring: scoring.map((one, i) => ({ ...one, prompts: null, weight: first.asked[i]!.weight })),
      selection: selection.parse({ type: 'onlineEnsemble', reference }),
      options: { pairsPerPrompt: 1, strategy: 'random' },
      seed: 1,
    });
    const round = {
      iteration: 1,
      round: 1,
      plan: first.plan,
      completions,
      scoring,
      reference,
      answerPattern: '(\\d+)$',
    };
    const weigh = () => world.run('weighRewardModels', { banditLog, pairs: pairs!, ...round });
    const { banditLog: after, losses } = await weigh();
    expect(losses).toEqual(expected);
    expect((await weigh()).banditLog).toEqual(after);
    expect((await readBanditLog(world.store(), after)).entries).toEqual([
      { type: 'losses', iteration: 1, round: 1, losses },
    ]);
    const powers = arms.map((arm) => Math.exp(-2 * losses[arm]!));
    const sum = powers.reduce((left, right) => left + right, 0);
    const { asked } = await choose(after, 1, 2);
    asked.forEach(({ weight }, i) => expect(weight).toBeCloseTo(powers[i]! / sum, 12));

    const wanted = { arms: ['rm-a', 'rm-b', 'rm-new'], masked: [] };
    const { banditLog: other } = await world.run('adjustBandit', { banditLog: after, iteration: 1, round: 2, wanted });
    const weights = (await choose(other, 1, 2)).asked.map((one) => one.weight!);
    expect(weights.reduce((left, right) => left + right, 0)).toBeCloseTo(1, 12);
    expect(weights[0]! / weights[1]!).toBeCloseTo(powers[0]! / powers[1]!, 9);
  },
);
