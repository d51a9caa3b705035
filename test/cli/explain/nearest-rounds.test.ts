import { explanationText } from '../../../cli/explain/explanation-text';
import { nearestRounds } from '../../../cli/explain/nearest-rounds';
import type { ArmDecision } from '../../../contract/round-record';
import { useTemporaryStore } from '../../artifact-store/temporary-store';

const store = useTemporaryStore();
const context = async (...values: number[]) => (await store().putJson({ values })).sha256;
const choice = (scope: string | null, context: string | null, rewardModelId: string): ArmDecision => ({
  ...{ scope, context, rewardModelId, propensity: 0.5 },
  arms: ['a', 'b', 'c'].map((armId) => ({
    armId,
    mean: 0.5,
    width: 0.1,
    score: 0.5,
    propensity: 0.5,
    available: armId !== 'c',
  })),
});

test('choices a prompt in one context are told once, with the mean of what each reward model earned there', async () => {
  const [near, far] = [await context(1, 0.1), await context(-1, 0)];
  const earlier = [
    {
      iteration: 1,
      round: 1,
      decisions: [choice(null, far, 'b')],
      outcomes: [{ scope: null, rawReward: 1, reward: 1 }],
    },
    {
      ...{ iteration: 1, round: 2 },
      decisions: [choice('p', near, 'a'), choice('q', near, 'b'), choice('r', near, 'a'), choice('s', near, 'a')],
      outcomes: [
        { scope: 'p', rawReward: 1, reward: 1 },
        { scope: 'q', rawReward: 0, reward: 0 },
        { scope: 'r', rawReward: 0.5, reward: 0.5 },
      ],
    },
    { iteration: 1, round: 3, decisions: [choice(null, null, 'a')], outcomes: [] },
  ];
  const here = await context(1, 0);
  const nearest = await nearestRounds(store(), choice('t', here, 'a'), earlier);
  expect(nearest).toMatchObject([
    { round: 2, rewardModelId: 'a', choices: 3, banditReward: 0.75 },
    { round: 2, rewardModelId: 'b', choices: 1, banditReward: 0 },
    { round: 1, rewardModelId: 'b', choices: 1, banditReward: 1, cosine: -1 },
  ]);

  const decisions = [choice('t', here, 'a'), choice('u', here, 'b'), choice('v', far, 'a')];
  const text = explanationText({
    ...{ campaignId: 'c', iteration: 1, round: 4, category: null, ensemble: null },
    decisions: decisions.map((decision) => ({ ...decision, nearest })),
    outcome: { pairs: 3, loss: 0.5, rawReward: null, banditReward: null },
  });
  expect(text).toMatch(/2 choices in one context, t and others:\n[^]*a .* 1 .*0\.500[^]*c .* 0 .*masked/);
  expect(text).toMatch(/1\/2 +cosine +0\.995 {2}a 3 times, bandit reward 0\.75\n.*b, bandit reward 0\.00/);
  expect(text).toMatch(/The choice for v: a\n/);
});

test('only the five nearest contexts are shown', async () => {
  const earlier = await Promise.all(
    [1, 2, 3, 4, 5, 6, 7].map(async (round) => ({
      ...{ iteration: 1, round, outcomes: [] },
      decisions: [choice(null, await context(round, 1), 'a')],
    })),
  );
  const nearest = await nearestRounds(store(), choice(null, await context(1, 0), 'a'), earlier);
  expect(nearest.map(({ round }) => round)).toEqual([7, 6, 5, 4, 3]);
  expect(nearest[0]!.banditReward).toBeNull();
});
