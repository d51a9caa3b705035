import { guard, type GuardSettings } from '../../contract/bandit-reward';
import type { BanditObservation } from '../../contract/bandit-log';
import { recallBandit } from '../../activities/recall-bandit';
import { useActivityWorld } from './activity-world';
import { rewardRound } from './reward-world';

const world = useActivityWorld();
const quantiles = { lowQuantile: 0.2, highQuantile: 0.8 };
const golden = [
  { promptId: 'a', prompt: 'p', answer: '2', category: 'sum' },
  { promptId: 'b', prompt: 'p', answer: '6', category: 'product' },
];
const wrong = [{ promptId: 'a', chosen: '1', rejected: '2' }];
const right = [{ promptId: 'a', chosen: '2', rejected: '1' }];

/** A reward model that the loss likes, and what verified answers say of its pairs on sums: one piece a round. */
function seen(armId: string, rounds: number, reward: number, value: number): Partial<BanditObservation>[] {
  const evidence = { rawReward: value, reward: (value + 1) / 2, items: [{ category: 'sum', value }] };
  return Array.from({ length: rounds }, () => ({ armId, reward, rawReward: -reward, category: 'sum', evidence }));
}

/** Rounds before an alarm: the liked one is wrong, the other right. */
const history = (rounds: number, value = -1) => [
  ...seen('rm-b', 10, 0.2, 1).map((own, index) => ({ ...own, round: index + 1 })),
  ...seen('rm-a', rounds, 0.9, value).map((own, index) => ({ ...own, round: index + 11 })),
];

async function guarded(settings: Partial<GuardSettings>, rounds: number, value = -1) {
  const reward = { type: 'trainLoss', ...quantiles, guard: guard.parse(settings) } as const;
  const choices = [{ scope: 'sum', armId: 'rm-a' }];
  const round = { reward, choices, golden, history: history(rounds, value), iteration: 2, trainLoss: 0.1 };
  return rewardRound(world, { ...round, pairs: value < 0 ? wrong : right });
}

async function roundsToAlarm(settings: Partial<GuardSettings>, from = 1): Promise<number> {
  return (await guarded(settings, from)).alarms.length > 0 ? from : roundsToAlarm(settings, from + 1);
}

test('evidence goes with every choice, one piece a golden prompt', async () => {
  const { lines, alarms } = await guarded({}, 1);
  const evidence = { rawReward: -1, reward: 0, items: [{ category: 'sum', value: -1 }] };
  expect(lines).toMatchObject([{ armId: 'rm-a', rawReward: -1, category: 'sum', evidence }]);
  expect(alarms).toEqual([]);
});

test('an alarm once the evidence is beyond chance, and no other for the same reward model and category', async () => {
  const first = await roundsToAlarm({});
  expect(first).toBeGreaterThan(5);
  expect(first).toBeLessThan(30);
  const alarm = await guarded({}, first);
  expect(alarm.trustEvidence).toBe(true);
  expect(alarm.alarms).toMatchObject([{ rewardModelId: 'rm-a', category: 'sum' }]);
  expect(alarm.alarms[0]!.message).toMatch(
    /favours rm-a on sum \(mean 0\.\d+, others 0\.20\).*agreement -1\.00 over \d+/,
  );
  expect((await guarded({}, first + 1)).alarms).toEqual([]);
});

test('no alarm about pairs that the answers confirm, or a reward that does not favour the one that is wrong', async () => {
  expect((await guarded({}, 40, 1)).alarms).toEqual([]);
  const disliked = [...seen('rm-b', 10, 0.95, 1), ...seen('rm-a', 40, 0.1, -1)];
  const history = disliked.map((own, index) => ({ ...own, round: index + 1 }));
  const reward = { type: 'trainLoss', ...quantiles, guard: guard.parse({}) } as const;
  const choices = [{ scope: 'sum', armId: 'rm-a' }];
  expect((await rewardRound(world, { reward, choices, golden, history, pairs: wrong })).alarms).toEqual([]);
});

test('report: an alarm that changes nothing', async () => {
  const { alarms, trustEvidence } = await guarded({ action: 'report' }, await roundsToAlarm({ action: 'report' }));
  expect(alarms[0]!.message).toContain('Nothing was changed');
  expect(trustEvidence).toBe(false);
});

test('after an alarm the bandit knows what it would had evidence been its reward from the start', async () => {
  const arms = ['rm-a', 'rm-b', 'rm-c'];
  const chosen = { type: 'laser', granularity: 'round', contextScaling: 'none', exploration: 0 } as const;
  const selection = { ...chosen, bandit: { type: 'linUcb', alpha: 0.5, ridge: 1 } } as const;
  const { sha256: context } = await world.store().putJson({ values: [1, 0.5] });
  const place = { iteration: 1, scope: null, context, propensity: 1 };
  const all = history(8).map((own) => ({ ...place, ...own })) as BanditObservation[];
  const { evidence: _none, ...unknown } = { ...all[0]!, armId: 'rm-c', round: 99, reward: 1 };
  const stateAfter = async (observations: BanditObservation[], isAlarm: boolean) => {
    const { banditLog: empty } = await world.run('createBandit', { seed: 1, selection, arms });
    const { banditLog } = await world.run('updateBandit', {
      banditLog: empty,
      observations: await world.store().putJsonLines(observations),
      ...(isAlarm && { alarmIn: { iteration: 1, round: 18 } }),
    });
    return (await recallBandit(world.store(), banditLog)).state;
  };
  const byEvidence = all.map((one) => ({ ...one, reward: one.evidence!.reward, rawReward: one.evidence!.rawReward }));
  expect(await stateAfter([...all, unknown], true)).toEqual(await stateAfter(byEvidence, false));
  expect(await stateAfter(all, false)).not.toEqual(await stateAfter(byEvidence, false));
});
