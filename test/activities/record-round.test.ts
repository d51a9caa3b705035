import { roundLogLink, type RoundRecord } from '../../contract/round-record';
import { label, useActivityWorld } from './activity-world';

const world = useActivityWorld();

async function input(roundLog: RecordInput['roundLog'] = null) {
  const store = world.store();
  const { sha256: context } = await store.putJson({ values: [1] });
  const decision = { scope: null, context, rewardModelId: 'rm-a', propensity: 1, arms: [] };
  const observation = { ...{ iteration: 1, round: 1, scope: null, armId: 'rm-a', context, propensity: 1 } };
  const scores = [
    { promptId: 'p', scores: [1, 2, 2, null] },
    { promptId: 'q', scores: [0, 4, 5, 6] },
  ];
  const completions = await store.putJsonLines([]);
  return {
    roundLog,
    round: {
      ...{ iteration: label.iteration, round: label.round, category: 'sum', completions, pairs: null, pairCount: 0 },
      ...{ promptsWithoutPairs: { allTied: 1 }, completionsLeftOut: {}, generatedTokens: 7, training: null },
      ...{ adapter: null, rawReward: -1, banditReward: 0.25, seconds: { generate: 2 }, reusedSteps: 1 },
    },
    decisions: await store.putJsonLines([decision]),
    observations: await store.putJsonLines([{ ...observation, rawReward: -1, reward: 0.25 }]),
    scoring: [{ rewardModelId: 'rm-a', scores: await store.putJsonLines(scores), seconds: 3 }],
  };
}
type RecordInput = Parameters<ReturnType<typeof world.activities>['recordRound']>[0];

test('a round in the log: what was chosen, what came of it, how the scores lie', async () => {
  const first = await input();
  const { roundLog } = await world.run('recordRound', first);
  const { round, previous } = await world.store().getJson(roundLog, roundLogLink);
  expect(previous).toBeNull();
  expect(round).toMatchObject<Partial<RoundRecord>>({
    decisions: [expect.objectContaining({ rewardModelId: 'rm-a', scope: null }) as never],
    outcomes: [{ scope: null, rawReward: -1, reward: 0.25 }],
  });
  // Seven finite scores 0 1 2 2 4 5 6; of 3 + 6 pairs within a prompt one is tied.
  expect(round.scoring).toMatchObject([
    { rewardModelId: 'rm-a', scored: 7, missing: 1, quantiles: [0, 1.5, 2, 4.5, 6], tiedShare: 1 / 9, seconds: 3 },
  ]);
});

test('the log grows by links; recorded twice, a round is the same link', async () => {
  const { roundLog } = await world.run('recordRound', await input());
  const next = await input(roundLog);
  const second = await world.run('recordRound', next);
  expect(await world.run('recordRound', next)).toEqual(second);
  expect((await world.store().getJson(second.roundLog, roundLogLink)).previous).toEqual(roundLog);
});

test('a round whose scores are all missing has no quantiles', async () => {
  const scores = await world.store().putJsonLines([{ promptId: 'p', scores: [null, null] }]);
  const { roundLog } = await world.run('recordRound', {
    ...(await input()),
    scoring: [{ rewardModelId: 'rm-a', scores, seconds: 0 }],
  });
  const { round } = await world.store().getJson(roundLog, roundLogLink);
  expect(round.scoring).toMatchObject([{ scored: 0, missing: 2, quantiles: null, tiedShare: 0 }]);
});
