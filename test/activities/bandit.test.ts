import type { createActivities } from '../../activities';
import { banditLog, type BanditObservation } from '../../contract/bandit-log';
import { selection, type Selection } from '../../contract/selection';
import { seededRandom } from '../../algorithm';
import type { ArtifactRef } from '../../contract/artifact';
import { useActivityWorld } from './activity-world';

const world = useActivityWorld();
const arms = ['rm-a', 'rm-b', 'rm-c'];

async function observations(count: number): Promise<BanditObservation[]> {
  const random = seededRandom(3);
  const made: BanditObservation[] = [];
  for (let round = 1; round <= count; round += 1) {
    const context = await world.store().putJson({ values: Array.from({ length: 5 }, () => random.nextFloat() - 0.5) });
    const reward = random.nextFloat();
    made.push({
      iteration: 1,
      round,
      armId: arms[round % 3]!,
      context: context.sha256,
      propensity: 1 / 3,
      rawReward: -reward,
      reward,
    });
  }
  return made;
}

async function extended(chosen: Selection, all: readonly BanditObservation[]): Promise<ArtifactRef> {
  let { banditLog: log } = await world.run('createBandit', { seed: 9, selection: chosen, arms });
  for (const observation of all)
    ({ banditLog: log } = await world.run('updateBandit', { banditLog: log, observation }));
  return log;
}

const laser = (bandit: object) => selection.parse({ type: 'laser', bandit, contextScaling: 'none', exploration: 0.1 });

test.each([
  ['linUcb', laser({ type: 'linUcb', alpha: 0.7 })],
  ['linThompson', laser({ type: 'linThompson' })],
  ['exp3', laser({ type: 'exp3' })],
  ['epsilonGreedy', laser({ type: 'epsilonGreedy' })],
])('%s: a worker that reads the log decides as the one that wrote it, to the bit', async (_, chosen) => {
  const all = await observations(12);
  const log = await extended(chosen, all);
  const context = await world.store().putJson({ values: [0.3, -0.1, 0.2, 0.5, -0.4] });
  const warm = await world.run('selectRewardModel', { banditLog: log, context, iteration: 2, round: 1 });

  let fresh: { createActivities: typeof createActivities } | undefined;
  jest.isolateModules(() => (fresh = jest.requireActual('../../activities')));
  const { selectRewardModel } = fresh!.createActivities({ store: world.store(), modelServer: world.client });
  const cold = await world.environment().run(selectRewardModel, { banditLog: log, context, iteration: 2, round: 1 });
  expect(cold).toEqual(warm);
  expect(arms).toContain(warm.rewardModelId);
  expect(warm.arms.map(({ armId }) => armId)).toEqual(arms);
  expect(warm.arms.every(({ score, mean, width }) => [score, mean, width].every(Number.isFinite))).toBe(true);
});

test('an update adds one observation to a new log, and asked twice answers the same one', async () => {
  const [first] = await observations(1);
  const { banditLog: empty } = await world.run('createBandit', { seed: 9, selection: laser({ type: 'linUcb' }), arms });
  const once = await world.run('updateBandit', { banditLog: empty, observation: first! });
  expect(await world.run('updateBandit', { banditLog: empty, observation: first! })).toEqual(once);
  expect((await world.store().getJson(once.banditLog, banditLog)).observations).toEqual([first]);
  expect((await world.store().getJson(empty, banditLog)).observations).toEqual([]);
});

test('the choice is a function of log, context and place', async () => {
  const chosen = selection.parse({ type: 'random' });
  const { banditLog: log } = await world.run('createBandit', { seed: 9, selection: chosen, arms });
  const context = await world.store().putJson({ values: [1] });
  const choose = (round: number) => world.run('selectRewardModel', { banditLog: log, context, iteration: 1, round });
  expect(await choose(1)).toEqual(await choose(1));
  const picks = await Promise.all(Array.from({ length: 30 }, (_, round) => choose(round + 1)));
  expect(new Set(picks.map(({ rewardModelId }) => rewardModelId))).toEqual(new Set(arms));
  expect(picks[0]!.propensity).toBeCloseTo(1 / 3, 12);
});

test.each<[string, Selection, string[]]>([
  ['fixed', { type: 'fixed', rewardModelId: 'rm-b' }, ['rm-b', 'rm-b', 'rm-b', 'rm-b']],
  ['round robin', { type: 'roundRobin' }, ['rm-a', 'rm-b', 'rm-c', 'rm-a']],
])('%s', async (_, chosen, expected) => {
  let { banditLog: log } = await world.run('createBandit', { seed: 9, selection: chosen, arms });
  const context = await world.store().putJson({ values: [1] });
  const picked: string[] = [];
  for (let round = 1; round <= expected.length; round += 1) {
    const decision = await world.run('selectRewardModel', { banditLog: log, context, iteration: 1, round });
    picked.push(decision.rewardModelId);
    const observation = {
      ...{ iteration: 1, round, armId: decision.rewardModelId, context: context.sha256 },
      ...{ propensity: decision.propensity, rawReward: 0.5, reward: 0.5 },
    };
    ({ banditLog: log } = await world.run('updateBandit', { banditLog: log, observation }));
  }
  expect(picked).toEqual(expected);
});

test('a context of another dimension than before is refused', async () => {
  const log = await extended(laser({ type: 'linUcb' }), await observations(2));
  const context = await world.store().putJson({ values: [1, 2] });
  await expect(world.run('selectRewardModel', { banditLog: log, context, iteration: 1, round: 3 })).rejects.toThrow(
    /2.*5|5.*2/,
  );
});

test.each<[string, Selection, string[], number[]]>([
  ['the same arms and scaling: all that was seen', laser({ type: 'exp3' }), arms, [1, 2, 3, 4, 5, 6]],
  ['an arm that is gone: without it', laser({ type: 'linUcb' }), ['rm-a', 'rm-c', 'rm-new'], [2, 3, 5, 6]],
  ['contexts scaled another way: nothing', selection.parse({ type: 'laser', contextScaling: 'unit' }), arms, []],
])('a bandit that goes on from another one, with %s', async (_, chosen, known, rounds) => {
  const previous = await extended(laser({ type: 'linUcb' }), await observations(6));
  const { banditLog: ref } = await world.run('createBandit', { seed: 4, selection: chosen, arms: known, previous });
  const log = await world.store().getJson(ref, banditLog);
  expect(log).toMatchObject({ seed: 4, selection: chosen, arms: known });
  expect(log.observations.map(({ round }) => round)).toEqual(rounds);
  const context = await world.store().putJson({ values: [0.3, -0.1, 0.2, 0.5, -0.4] });
  const decision = await world.run('selectRewardModel', { banditLog: ref, context, iteration: 1, round: 1 });
  expect(known).toContain(decision.rewardModelId);
});
