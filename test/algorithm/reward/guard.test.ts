import { createGuard, updateGuard, type GuardOptions, type GuardState } from '../../../algorithm/reward/guard';
import { guardFindings } from '../../../algorithm/reward/guard-findings';
import { seededRandom } from '../../../algorithm/seeded-random';

const options: GuardOptions = {
  rewardModelIds: ['eurus', 'qwen', 'olmo', 'zephyr'],
  categories: [null],
  falseAlarmRate: 0.05,
  leastValue: { golden: 0, heldOut: 0 },
};
const golden = (rewardModelId: string, value: number) => ({
  rewardModelId,
  category: null,
  source: 'golden' as const,
  value,
});
const fed = (rewardModelId: string, values: readonly number[], state = createGuard(options)): GuardState =>
  updateGuard(
    state,
    values.map((value) => golden(rewardModelId, value)),
  );
const rewards = [
  { rewardModelId: 'eurus', category: null, banditReward: 0.9 },
  { rewardModelId: 'qwen', category: null, banditReward: 0.4 },
  { rewardModelId: 'olmo', category: null, banditReward: 0.3 },
];

test('the p-value is the number of tests over the highest wealth, by hand', () => {
  const values = [-1, -1, 1];
  const wealth = (upTo: number) =>
    [0.05, 0.1, 0.2, 0.4, 0.8].reduce(
      (sum, stake) => sum + values.slice(0, upTo).reduce((product, value) => product * (1 - stake * value), 1) / 5,
      0,
    );
  const many = fed('eurus', [...values, ...Array.from({ length: 12 }, () => -1)]);
  expect(guardFindings(fed('eurus', values), rewards)[0]).toMatchObject({ pValue: 1, count: 3, disagrees: false });
  expect(guardFindings(fed('eurus', values), rewards)[0]?.meanEvidence).toBeCloseTo(-1 / 3, 12);
  const peak = wealth(3) > wealth(2) ? wealth(3) : wealth(2);
  expect(many.bets[0]?.peak).toBeGreaterThan(Math.log(peak));
  expect(fed('eurus', values).bets[0]?.peak).toBeCloseTo(Math.log(peak), 12);
});

test('a reward model that is mostly wrong is noticed within 40 golden prompts, and misleads if the reward favours it', () => {
  const values = Array.from({ length: 40 }, (_, i) => (i % 5 === 0 ? 1 : -1));
  const [finding] = guardFindings(fed('eurus', values), rewards);
  expect(finding).toMatchObject({ disagrees: true, favoured: true, misleads: true, meanBanditReward: 0.9, count: 40 });
  expect(finding?.pValue).toBeLessThan(0.05);
  expect(finding?.meanBanditRewardOfOthers).toBeCloseTo(0.35, 12);
  const [unfavoured] = guardFindings(fed('qwen', values), rewards);
  expect(unfavoured).toMatchObject({ disagrees: true, favoured: false, misleads: false });
});

test('false alarms are rarer than promised, looking after every piece, also when the null just holds', () => {
  let campaignsWithAlarm = 0;
  const campaigns = 400;
  for (let seed = 0; seed < campaigns; seed += 1) {
    const random = seededRandom(seed);
    let state = createGuard(options);
    let alarm = false;
    for (let piece = 0; piece < 120 && !alarm; piece += 1) {
      const value = random.nextFloat() < 0.3 ? 0 : random.nextFloat() < 0.5 ? -1 : 1;
      state = updateGuard(state, [golden(random.pick(options.rewardModelIds), value)]);
      alarm = guardFindings(state, []).some(({ disagrees }) => disagrees);
    }
    if (alarm) campaignsWithAlarm += 1;
  }
  expect(campaignsWithAlarm / campaigns).toBeLessThanOrEqual(0.05);
});

test('one that was noticed stays noticed', () => {
  const state = fed(
    'eurus',
    Array.from({ length: 40 }, (_, i) => (i < 20 ? -1 : 1)),
  );
  expect(guardFindings(state, rewards)[0]).toMatchObject({ disagrees: true, meanEvidence: 0 });
});

test('held-out items that keep turning wrong are evidence too, apart from the golden ones', () => {
  const evidence = Array.from({ length: 120 }, (_, i) => ({
    rewardModelId: 'eurus',
    category: null,
    source: 'heldOut' as const,
    value: i % 3 === 0 ? -1 : i % 10 === 1 ? 1 : 0,
  }));
  const findings = guardFindings(updateGuard(fed('eurus', [1, 1, 1]), evidence), rewards);
  expect(findings.map(({ source, disagrees }) => [source, disagrees])).toEqual([
    ['golden', false],
    ['heldOut', true],
  ]);
});

test('a least value above 0 asks for a gain: none at all is then noticed', () => {
  const none = Array.from({ length: 400 }, () => 0);
  const demanding = createGuard({ ...options, leastValue: { golden: 0.1, heldOut: 0 } });
  expect(guardFindings(fed('eurus', none), rewards)[0]?.disagrees).toBe(false);
  expect(guardFindings(fed('eurus', none, demanding), rewards)[0]?.disagrees).toBe(true);
});

test('by category: right in one and wrong in the other is noticed in the other alone', () => {
  const state = createGuard({ ...options, categories: ['add', 'sort'] });
  const evidence = Array.from({ length: 40 }, (_, i) => ({
    ...golden('eurus', i % 2 === 0 ? 1 : -1),
    category: i % 2 === 0 ? 'add' : 'sort',
  }));
  const given = [
    { rewardModelId: 'eurus', category: 'sort', banditReward: 0.8 },
    { rewardModelId: 'qwen', category: 'add', banditReward: 1 },
  ];
  const findings = guardFindings(updateGuard(state, evidence), given);
  expect(findings.map(({ category, misleads }) => [category, misleads])).toEqual([
    ['add', false],
    ['sort', true],
  ]);
});

test('its state is JSON, and is not changed', () => {
  const state = fed('eurus', [1, -1, 0.5]);
  const copy = JSON.parse(JSON.stringify(state)) as GuardState;
  expect(copy).toEqual(state);
  expect(fed('eurus', [-1], copy)).toEqual(fed('eurus', [-1], state));
  expect(copy).toEqual(state);
});

test('refuses what it cannot judge', () => {
  expect(() => createGuard({ ...options, rewardModelIds: [] })).toThrow(/no reward models/);
  expect(() => createGuard({ ...options, falseAlarmRate: 0 })).toThrow(/falseAlarmRate is 0/);
  expect(() => createGuard({ ...options, leastValue: { golden: 0.5, heldOut: 0 } })).toThrow(
    /leastValue.golden is 0.5/,
  );
  expect(() => fed('nobody', [1])).toThrow(/'nobody' in category 'null' is not guarded/);
  expect(() => fed('eurus', [1.5])).toThrow(/evidence on 'eurus' is 1.5/);
});
