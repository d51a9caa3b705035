import type { createActivities } from '../../activities';
import { observationsOf, readBanditLog } from '../../activities/bandit-log';
import type { BanditObservation } from '../../contract/bandit-log';
import { armDecision } from '../../contract/round-record';
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
      scope: null,
      armId: arms[round % 3]!,
      context: context.sha256,
      propensity: 1 / 3,
      rawReward: -reward,
      reward,
    });
  }
  return made;
}

/** Adds observations one by one, as rounds do. */
async function observe(log: ArtifactRef, all: readonly BanditObservation[]): Promise<ArtifactRef> {
  let banditLog = log;
  for (const observation of all) {
    const observations = await world.store().putJsonLines([observation]);
    ({ banditLog } = await world.run('updateBandit', { banditLog, observations }));
  }
  return banditLog;
}

const mixed = [
  { promptId: 'a', prompt: '1', category: 'sum' },
  { promptId: 'b', prompt: '2', category: 'product' },
  { promptId: 'c', prompt: '3', category: 'sum' },
];

/** What `selectRewardModels` takes: one context for the whole round, or one a scope. */
async function place(values: number[], round: number, iteration = 1, scopes: (string | null)[] = [null]) {
  const { sha256: context } = await world.store().putJson({ values });
  const contexts = await world.store().putJsonLines(scopes.map((scope) => ({ scope, context })));
  return { contexts, plan: await planOfRounds(), iteration, round };
}

async function planOfRounds(): Promise<ArtifactRef> {
  const promptBatch = await world.store().putJsonLines(mixed);
  return world.store().putJson({ batches: Array.from({ length: 40 }, () => ({ promptBatch, category: null })) });
}

const decisionsOf = ({ decisions }: { decisions: ArtifactRef }) => world.store().getJsonLines(decisions, armDecision);

async function extended(chosen: Selection, all: readonly BanditObservation[]): Promise<ArtifactRef> {
  const { banditLog } = await world.run('createBandit', { seed: 9, selection: chosen, arms });
  return observe(banditLog, all);
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
  const where = await place([0.3, -0.1, 0.2, 0.5, -0.4], 1, 2);
  const warm = await world.run('selectRewardModels', { banditLog: log, ...where });

  let fresh: { createActivities: typeof createActivities } | undefined;
  jest.isolateModules(() => (fresh = jest.requireActual('../../activities')));
  const { selectRewardModels } = fresh!.createActivities({ store: world.store(), modelServer: world.client });
  const cold = await world.environment().run(selectRewardModels, { banditLog: log, ...where });
  expect(cold).toEqual(warm);
  const [decision] = await decisionsOf(warm);
  expect(arms).toContain(decision!.rewardModelId);
  expect(decision!.arms.map(({ armId }) => armId)).toEqual(arms);
  expect(decision!.arms.every(({ score, mean, width }) => [score, mean, width].every(Number.isFinite))).toBe(true);
});

test('an update adds one link to the log, and asked twice answers the same one', async () => {
  const [first] = await observations(1);
  const { banditLog: empty } = await world.run('createBandit', { seed: 9, selection: laser({ type: 'linUcb' }), arms });
  const once = await observe(empty, [first!]);
  expect(await observe(empty, [first!])).toEqual(once);
  expect(observationsOf(await readBanditLog(world.store(), once))).toEqual([first]);
  expect(observationsOf(await readBanditLog(world.store(), empty))).toEqual([]);
});

test('a link is as small in a long log as in a short one', async () => {
  const all = await observations(40);
  const log = await extended(laser({ type: 'linUcb' }), all.slice(0, 2));
  const long = await observe(log, all.slice(2));
  expect(observationsOf(await readBanditLog(world.store(), long))).toEqual(all);
  expect(Math.abs(long.bytes - log.bytes)).toBeLessThan(50);
});

test('the choice is a function of log, context and place', async () => {
  const chosen = selection.parse({ type: 'random' });
  const { banditLog } = await world.run('createBandit', { seed: 9, selection: chosen, arms });
  const choose = async (round: number) => world.run('selectRewardModels', { banditLog, ...(await place([1], round)) });
  expect(await choose(1)).toEqual(await choose(1));
  const picks = await Promise.all(Array.from({ length: 30 }, (_, round) => choose(round + 1)));
  expect(new Set(picks.map(({ asked }) => asked[0]!.rewardModelId))).toEqual(new Set(arms));
  expect((await decisionsOf(picks[0]!))[0]!.propensity).toBeCloseTo(1 / 3, 12);
});

test('a choice for every prompt: its reward model is asked for it alone', async () => {
  const chosen = selection.parse({ type: 'random', granularity: 'prompt' });
  const { banditLog } = await world.run('createBandit', { seed: 9, selection: chosen, arms });
  const rounds = await Promise.all(
    Array.from({ length: 12 }, async (_, round) =>
      world.run('selectRewardModels', { banditLog, ...(await place([1], round + 1, 1, ['a', 'b', 'c'])) }),
    ),
  );
  for (const result of rounds) {
    const decided = (await decisionsOf(result)).map(({ scope, rewardModelId }) => [scope, rewardModelId]);
    const asked = result.asked.flatMap(({ rewardModelId, prompts }) =>
      (prompts ?? [0, 1, 2]).map((prompt) => [mixed[prompt]!.promptId, rewardModelId]),
    );
    expect(asked.sort()).toEqual(decided.sort());
  }
  expect(rounds.some(({ asked }) => asked.length > 1)).toBe(true);
});

test('a choice for every category goes to all of its prompts', async () => {
  const chosen = selection.parse({ type: 'random', granularity: 'category' });
  const { banditLog } = await world.run('createBandit', { seed: 9, selection: chosen, arms });
  const rounds = await Promise.all(
    Array.from({ length: 12 }, async (_, round) =>
      world.run('selectRewardModels', { banditLog, ...(await place([1], round + 1, 1, ['sum', 'product'])) }),
    ),
  );
  const apart = rounds.filter(({ asked }) => asked.length === 2);
  expect(apart.length).toBeGreaterThan(0);
  for (const { asked, picks } of apart) {
    expect(asked.map(({ prompts }) => prompts)).toEqual([[0, 2], [1]]);
    expect(picks).toEqual({
      sum: { [asked[0]!.rewardModelId]: 1 },
      product: { [asked[1]!.rewardModelId]: 1 },
    });
  }
});

test.each(['scoreEnsemble', 'agreementEnsemble'])('%s: all are asked, nothing is chosen', async (type) => {
  const chosen = selection.parse({ type });
  const { banditLog } = await world.run('createBandit', { seed: 9, selection: chosen, arms });
  const result = await world.run('selectRewardModels', { banditLog, ...(await place([1], 1)) });
  expect(result.asked).toEqual(arms.map((rewardModelId) => ({ rewardModelId, prompts: null })));
  expect(await decisionsOf(result)).toEqual([]);
});

test.each<[string, Selection, string[]]>([
  ['fixed', { type: 'fixed', rewardModelId: 'rm-b' }, ['rm-b', 'rm-b', 'rm-b', 'rm-b']],
  ['round robin', { type: 'roundRobin' }, ['rm-a', 'rm-b', 'rm-c', 'rm-a']],
])('%s', async (_, chosen, expected) => {
  let { banditLog } = await world.run('createBandit', { seed: 9, selection: chosen, arms });
  const picked: string[] = [];
  for (let round = 1; round <= expected.length; round += 1) {
    const result = await world.run('selectRewardModels', { banditLog, ...(await place([1], round)) });
    const [decision] = await decisionsOf(result);
    const { rewardModelId: armId, propensity, context } = decision!;
    picked.push(armId);
    banditLog = await observe(banditLog, [
      { iteration: 1, round, scope: null, armId, context: context!, propensity, rawReward: 0.5, reward: 0.5 },
    ]);
  }
  expect(picked).toEqual(expected);
});

test('people change α and the arms from a round on; the log keeps it, and a cold worker decides the same', async () => {
  const log = await extended(laser({ type: 'linUcb', alpha: 0.7 }), await observations(6));
  const wanted = { alpha: 0, arms: ['rm-a', 'rm-c', 'rm-new'], masked: ['rm-c'] };
  const adjust = (banditLog: ArtifactRef) => world.run('adjustBandit', { banditLog, iteration: 2, round: 3, wanted });
  const { banditLog } = await adjust(log);
  expect((await adjust(banditLog)).banditLog).toEqual(banditLog);
  const changes = (await readBanditLog(world.store(), banditLog)).entries.filter(({ type }) => type === 'change');
  expect(changes).toMatchObject([
    { iteration: 2, round: 3, change: { type: 'alpha', alpha: 0 } },
    { change: { type: 'addArm', armId: 'rm-new' } },
    { change: { type: 'removeArm', armId: 'rm-b' } },
    { change: { type: 'maskArm', armId: 'rm-c' } },
  ]);
  const where = await place([0.3, -0.1, 0.2, 0.5, -0.4], 3, 2);
  const [decision] = await decisionsOf(await world.run('selectRewardModels', { banditLog, ...where }));
  expect(decision!.arms).toMatchObject([
    { armId: 'rm-a', width: 0, available: true },
    { armId: 'rm-c', width: 0, available: false },
    { armId: 'rm-new', width: 0, available: true },
  ]);
  const { banditLog: unmasked } = await world.run('adjustBandit', {
    ...{ banditLog, iteration: 2, round: 4, wanted: { arms: wanted.arms, masked: [] } },
  });
  const [later] = await decisionsOf(await world.run('selectRewardModels', { banditLog: unmasked, ...where }));
  expect(later!.arms.every(({ available }) => available)).toBe(true);
});

test('people change how widely Thompson sampling draws; what another bandit would call it is left alone', async () => {
  const log = await extended(laser({ type: 'linThompson', posteriorScale: 0.5 }), await observations(6));
  const wanted = { alpha: 3, posteriorScale: 1e-9, arms, masked: [] };
  const { banditLog } = await world.run('adjustBandit', { banditLog: log, iteration: 2, round: 3, wanted });
  const changes = (await readBanditLog(world.store(), banditLog)).entries.filter(({ type }) => type === 'change');
  expect(changes).toMatchObject([{ round: 3, change: { type: 'posteriorScale', posteriorScale: 1e-9 } }]);
  const where = await place([0.3, -0.1, 0.2, 0.5, -0.4], 3, 2);
  const widths = async (from: ArtifactRef) => {
    const [decision] = await decisionsOf(await world.run('selectRewardModels', { banditLog: from, ...where }));
    return decision!.arms.map(({ width }) => width!);
  };
  expect(Math.min(...(await widths(log)))).toBeGreaterThan(1e-3);
  expect(Math.max(...(await widths(banditLog)))).toBeLessThan(1e-7);
});

test('a context of another dimension than before is refused', async () => {
  const log = await extended(laser({ type: 'linUcb' }), await observations(2));
  const where = await place([1, 2], 3);
  await expect(world.run('selectRewardModels', { banditLog: log, ...where })).rejects.toThrow(/2.*5|5.*2/);
});

test.each<[string, Selection, string[], number[]]>([
  ['the same arms and scaling: all that was seen', laser({ type: 'exp3' }), arms, [1, 2, 3, 4, 5, 6]],
  ['an arm that is gone: without it', laser({ type: 'linUcb' }), ['rm-a', 'rm-c', 'rm-new'], [2, 3, 5, 6]],
  ['contexts scaled another way: nothing', selection.parse({ type: 'laser', contextScaling: 'unit' }), arms, []],
])('a bandit that goes on from another one, with %s', async (_, chosen, known, rounds) => {
  const previous = await extended(laser({ type: 'linUcb' }), await observations(6));
  const { banditLog: ref } = await world.run('createBandit', { seed: 4, selection: chosen, arms: known, previous });
  const log = await readBanditLog(world.store(), ref);
  expect(log).toMatchObject({ seed: 4, selection: chosen, arms: known });
  expect(observationsOf(log).map(({ round }) => round)).toEqual(rounds);
  const where = await place([0.3, -0.1, 0.2, 0.5, -0.4], 1);
  const { asked } = await world.run('selectRewardModels', { banditLog: ref, ...where });
  expect(known).toContain(asked[0]!.rewardModelId);
});
