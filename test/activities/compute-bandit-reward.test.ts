import type { BanditRewardOptions } from '../../contract/bandit-reward';
import { useActivityWorld } from './activity-world';
import { rewardRound, type RoundOfTest } from './reward-world';

const world = useActivityWorld();
const quantiles = { lowQuantile: 0.2, highQuantile: 0.8 };
const trainLoss = { type: 'trainLoss', ...quantiles } as const;
const rewardOf = (given: RoundOfTest) => rewardRound(world, given);
const raw = (...rewards: number[]) => rewards.map((rawReward) => ({ rawReward }));

test.each([
  // History −1, −2, −3, −4 and this one; with five values the 20 % and 80 % quantiles lie at places 0.8 and 3.2.
  ['between the quantiles', 2.5, (-2.5 - -3.2) / (-1.8 - -3.2)],
  ['above the upper', 0.5, 1],
  ['below the lower', 5, 0],
])('minus the train loss, %s of its history', async (_, loss, expected) => {
  const result = await rewardOf({ reward: trainLoss, trainLoss: loss, history: raw(-1, -2, -3, -4) });
  expect(result.rawReward).toBe(-loss);
  expect(result.reward).toBeCloseTo(expected, 12);
});

test('the first loss says nothing yet', async () => {
  expect(await rewardOf({ reward: trainLoss })).toMatchObject({ rawReward: -0.7, reward: 0.5 });
});

test.each<[BanditRewardOptions, number, number[]]>([
  [{ type: 'preferenceLoss', ...quantiles }, -0.35, [-0.5, -1.5]],
  [{ type: 'nllLoss', ...quantiles }, -0.175, [-0.25, -0.75]],
])('$type: minus that term, of the round or of a choice’s own pairs', async (reward, ofRound, ofPrompts) => {
  expect((await rewardOf({ reward })).rawReward).toBe(ofRound);
  const choices = ['a', 'b'].map((scope) => ({ scope, armId: 'rm-a' }));
  expect((await rewardOf({ reward, choices })).lines.map(({ rawReward }) => rawReward)).toEqual(ofPrompts);
});

test('the loss without its drift: against the same place in earlier iterations', async () => {
  const history = [
    { iteration: 1, round: 1, loss: 0.9 },
    { iteration: 1, round: 2, loss: 0.6 },
    { iteration: 2, round: 1, loss: 0.8 },
  ];
  const reward = { type: 'driftRemovedLoss', ...quantiles } as const;
  const result = await rewardOf({ reward, history, iteration: 2, round: 2, trainLoss: 0.4 });
  // 0.6 is usual here, and this iteration is 0.1 below the one before.
  expect(result.rawReward).toBeCloseTo(0.6 - 0.1 - 0.4, 12);
  expect(result.lines[0]!.loss).toBe(0.4);
});

test('a reward model’s own trend: against its moving average, whatever the others’ losses', async () => {
  const reward = { type: 'ownTrend', decay: 0.5, clip: 2 } as const;
  const history = [{ loss: 1 }, { loss: 2 }, { armId: 'rm-b', loss: 9 }];
  const result = await rewardOf({ reward, history, trainLoss: 1.25 });
  expect(result.rawReward).toBeCloseTo((1.5 - 1.25) / Math.sqrt(2.5 - 2.25 + 1e-6), 12);
  expect(result.reward).toBeCloseTo((result.rawReward! / 2 + 1) / 2, 12);
});

test('the fall of the loss on pairs kept unseen, by choice', async () => {
  const unseen = [
    { promptId: 'a', before: 0.7, after: 0.5 },
    { promptId: 'b', before: 0.7, after: 0.9 },
  ];
  const reward = { type: 'unseenLossFall', keepOut: 0.5, ...quantiles } as const;
  expect((await rewardOf({ reward, unseen })).rawReward).toBeCloseTo(0, 12);
  const choices = ['a', 'b', 'unanswered'].map((scope) => ({ scope, armId: 'rm-a' }));
  const { lines } = await rewardOf({ reward, unseen, choices });
  expect(lines.map(({ scope, rawReward }) => [scope, rawReward.toFixed(6)])).toEqual([
    ['a', '0.200000'],
    ['b', '-0.200000'],
  ]);
});

test('agreement with the majority answer; a prompt without one says nothing', async () => {
  const completions = { a: ['so 2', '= 2', '3', 'none'], b: ['5', '6'] };
  const pairs = [
    { promptId: 'a', chosen: 'so 2', rejected: '3' },
    { promptId: 'a', chosen: 'none', rejected: '= 2' },
    { promptId: 'a', chosen: '= 2', rejected: 'none' },
    { promptId: 'b', chosen: '5', rejected: '6' },
  ];
  const result = await rewardOf({ reward: { type: 'selfConsistency' }, completions, pairs });
  expect(result.rawReward).toBeCloseTo(1 / 3, 12);
  const onlyB = { completions: { b: completions.b }, pairs: pairs.slice(3) };
  expect(await rewardOf({ reward: { type: 'selfConsistency' }, ...onlyB })).toMatchObject({ observations: null });
});

const twoPrompts = [
  { promptId: 'a', chosen: '= 2', rejected: '3' },
  { promptId: 'a', chosen: '2', rejected: '1' },
  { promptId: 'b', chosen: '5', rejected: '6' },
  { promptId: 'b', chosen: '6', rejected: 'so 6' },
  { promptId: 'unanswered', chosen: '1', rejected: '2' },
];

test('verified pairs: confirmed minus contradicted, over all whose prompt has an answer', async () => {
  const result = await rewardOf({ reward: { type: 'verifiedPairs' }, pairs: twoPrompts });
  expect(result).toMatchObject({ rawReward: (2 - 1) / 4, reward: (0.25 + 1) / 2 });
});

test('golden agreement: of the golden prompts alone, and nothing in a round without one', async () => {
  const reward = { type: 'goldenAgreement', golden: { share: 0.1, seed: 1 } } as const;
  const golden = [{ promptId: 'b', prompt: 'p', answer: '6' }];
  const result = await rewardOf({ reward, pairs: twoPrompts, golden });
  expect(result).toMatchObject({ rawReward: -0.5, reward: 0.25 });
  const elsewhere = [{ promptId: 'z', prompt: 'p', answer: '6' }];
  expect(await rewardOf({ reward, pairs: twoPrompts, golden: elsewhere })).toMatchObject({ reward: null });
});

test('held-out gain is not known when the round ends', async () => {
  const result = await rewardOf({ reward: { type: 'heldOutGain' }, pairs: twoPrompts });
  expect(result).toMatchObject({ observations: null, rawReward: null, reward: null });
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
  const { lines, rawReward } = await rewardOf({ reward: { type: 'verifiedPairs' }, pairs, choices });
  expect(lines).toMatchObject([
    { scope: 'a', armId: 'rm-a', rawReward: 1, reward: 1, category: 'sum' },
    { scope: 'product', armId: 'rm-b', rawReward: -1, reward: 0, category: 'product' },
  ]);
  expect(rawReward).toBe(0);
  const byLoss = await rewardOf({ reward: trainLoss, pairs, choices });
  expect(byLoss.lines.map((line) => line.rawReward)).toEqual([-1, -3]);
});
