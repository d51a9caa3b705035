import type { ArtifactRef } from '../../contract/artifact';
import { guard, type BanditRewardOptions } from '../../contract/bandit-reward';
import { observationsOf, readBanditLog, trustsEvidence } from '../../activities/bandit-log';
import { useActivityWorld } from './activity-world';

const world = useActivityWorld();
const arms = ['rm-a', 'rm-b'];
const trainPrompts = [
  { promptId: 'a', prompt: '1', category: 'sum' },
  { promptId: 'b', prompt: '2', category: 'sort' },
];
const reward: BanditRewardOptions = { type: 'heldOutGain' };
const training = {
  ...{ loss: 1, preferenceLoss: 1, nllLoss: 1, rewardsChosen: 0, rewardsRejected: 0, rewardsMargins: 0 },
  ...{ rewardsAccuracies: 0, logpsChosen: 0, logpsRejected: 0, gradNorm: 1, tokens: 1, pairs: 1, optimizerSteps: 1 },
};

interface Pull {
  iteration: number;
  armId: string;
  scope: string | null;
  promptIds: string[];
  trained?: boolean;
}

/** A round log of rounds with one choice each, and an empty bandit. */
async function pulled(pulls: Pull[]) {
  const store = world.store();
  const { sha256: context } = await store.putJson({ values: [1] });
  let roundLog: ArtifactRef | null = null;
  for (const [index, { iteration, armId, scope, promptIds, trained = true }] of pulls.entries()) {
    const completion = { text: 'x', tokenIds: [1], finishReason: 'stop' };
    const completions = await store.putJsonLines(
      promptIds.map((promptId) => ({ promptId, prompt: 'p', promptTokenIds: [1], completions: [completion] })),
    );
    const scores = await store.putJsonLines(promptIds.map((promptId) => ({ promptId, scores: [1] })));
    const { roundLog: next }: { roundLog: ArtifactRef } = await world.run('recordRound', {
      roundLog,
      round: {
        ...{ iteration, round: index + 1, category: null, completions, pairs: null, pairCount: 0, adapter: null },
        ...{ promptsWithoutPairs: {}, completionsLeftOut: {}, generatedTokens: 1, training: trained ? training : null },
        ...{ rawReward: null, banditReward: null, seconds: {}, reusedSteps: 0 },
      },
      decisions: await store.putJsonLines([{ scope, context, rewardModelId: armId, propensity: 0.5, arms: [] }]),
      observations: null,
      scoring: [{ rewardModelId: armId, scores, seconds: 1 }],
    });
    roundLog = next;
  }
  const selection = { type: 'random', granularity: 'round' } as const;
  const { banditLog } = await world.run('createBandit', { seed: 1, selection, arms });
  return { roundLog: roundLog!, banditLog, trainPrompts: await store.putJsonLines(trainPrompts), context };
}

/** Which of the held-out prompts of each category are won, in both orders. */
const judged = async (iteration: number, category: string, preferred: ('candidate' | 'baseline' | 'tie' | null)[]) => ({
  iteration,
  outcomes: await world.store().putJsonLines(
    preferred.map((one, i) => ({
      ...{ promptId: `${category}-${i}`, category, candidateFirst: one, candidateSecond: one },
      ...{ text: 'x', baseline: 'y' },
    })),
  ),
});

/** Which of the held-out prompts of each category are right. */
const measured = async (iteration: number, correct: Record<string, boolean[]>) => ({
  iteration,
  outcomes: await world
    .store()
    .putJsonLines(
      Object.entries(correct).flatMap(([category, all]) =>
        all.map((isCorrect, i) => ({ promptId: `${category}-${i}`, category, correct: isCorrect, text: 'x' })),
      ),
    ),
});

const log = (banditLog: ArtifactRef) => readBanditLog(world.store(), banditLog);

test('each pull gets the gain of its categories; rounds before the first measurement or without training get none', async () => {
  const { context, ...round } = await pulled([
    { iteration: 1, armId: 'rm-b', scope: null, promptIds: ['a'] },
    { iteration: 2, armId: 'rm-a', scope: null, promptIds: ['a'] },
    { iteration: 2, armId: 'rm-b', scope: 'sort', promptIds: ['a', 'b'] },
    { iteration: 2, armId: 'rm-b', scope: null, promptIds: ['a', 'b'] },
    { iteration: 2, armId: 'rm-b', scope: null, promptIds: ['a'], trained: false },
  ]);
  const before = await measured(1, { sum: [true, false], sort: [true, true], unseen: [true] });
  const after = await measured(2, { sum: [true, true], sort: [false, true], unseen: [false] });
  const credit = (banditLog: ArtifactRef) =>
    world.run('creditEvaluation', { options: reward, ...round, banditLog, before, after });
  const { banditLog, alarms } = await credit(round.banditLog);
  expect(alarms).toEqual([]);
  const place = { iteration: 2, context, propensity: 0.5 };
  expect(observationsOf(await log(banditLog))).toEqual([
    { ...place, round: 2, scope: null, armId: 'rm-a', rawReward: 0.5, reward: 0.75, category: 'sum' },
    { ...place, round: 3, scope: 'sort', armId: 'rm-b', rawReward: -0.5, reward: 0.25, category: 'sort' },
    { ...place, round: 4, scope: null, armId: 'rm-b', rawReward: 0, reward: 0.5, category: null },
  ]);
  expect((await credit(round.banditLog)).banditLog).toEqual(banditLog);
});

test('as evidence of the guard: an alarm on a favoured reward model under which held-out prompts got worse', async () => {
  const { context, ...round } = await pulled([{ iteration: 1, armId: 'rm-a', scope: null, promptIds: ['a'] }]);
  const observation = { iteration: 1, round: 1, scope: null, armId: 'rm-a', context, propensity: 0.5 };
  const { banditLog } = await world.run('updateBandit', {
    banditLog: round.banditLog,
    observations: await world.store().putJsonLines([{ ...observation, rawReward: -0.1, reward: 1, category: 'sum' }]),
  });
  const options = guard.parse({ evidence: { type: 'heldOut' } });
  const trainLoss = { type: 'trainLoss', lowQuantile: 0.2, highQuantile: 0.8, guard: options } as const;
  const held = async (wrongAfter: number) => {
    const before = await measured(0, { sum: Array.from({ length: 40 }, () => true) });
    const after = await measured(1, { sum: Array.from({ length: 40 }, (_, i) => i >= wrongAfter) });
    return world.run('creditEvaluation', { options: trainLoss, ...round, banditLog, before, after });
  };
  const bad = await held(30);
  expect(bad.alarms).toMatchObject([{ rewardModelId: 'rm-a', category: 'sum' }]);
  expect(bad.alarms[0]!.message).toContain('held-out prompts got worse: -0.75 a prompt over 40');
  expect(trustsEvidence(await log(bad.banditLog))).toBe(true);
  const [known] = observationsOf(await log(bad.banditLog));
  expect(known).toMatchObject({ rawReward: -0.1, reward: 1, evidence: { rawReward: -0.75, reward: 0.125 } });
  const same = await held(0);
  expect(same.alarms).toEqual([]);
  expect(trustsEvidence(await log(same.banditLog))).toBe(false);
});

test('of a win rate the gain is in points: a tie is half, a prompt without a verdict says nothing', async () => {
  const { context: _, ...round } = await pulled([{ iteration: 2, armId: 'rm-a', scope: null, promptIds: ['a'] }]);
  const before = await judged(1, 'sum', ['tie', 'tie', 'tie']);
  const after = await judged(2, 'sum', ['candidate', 'tie', null]);
  const { banditLog } = await world.run('creditEvaluation', { options: reward, ...round, before, after });
  expect(observationsOf(await log(banditLog))).toMatchObject([{ armId: 'rm-a', rawReward: 0.25, reward: 0.625 }]);
});
