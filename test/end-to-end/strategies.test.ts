import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { observationsOf, readBanditLog } from '../../activities/bandit-log';
import { replayDecisions } from '../../cli/replay/replay-decisions';
import type { CampaignResult } from '../../contract/campaign-run';
import { roundLogLink, type RoundRecord } from '../../contract/round-record';
import { essence } from './essence';
import type { FakeServer } from '../model-server/start-fake-server';
import { killWorkers, standingOf, until } from './faults';
import { rewardModelKinds, startRewardServer } from './reward-model-kinds';
import { readJournal, removeHome, runCampaigns, type RunningCampaign } from './running-campaign';
import { rounds, strategies, writeCampaigns } from './strategies';
import { trainingWays } from './training-ways';

/** All workers begin anew after a kill, on whatever machine this runs. */
const restartMs = 300_000;
const all = Object.keys(strategies);
const asksAll = ['score-ensemble', 'agreement-ensemble', 'online-ensemble'];

let folder: string;
let rewardServer: FakeServer;
let files: Record<string, string>;
let undisturbed: Record<string, RunningCampaign>;
let results: Record<string, CampaignResult>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'laser-strategies-'));
  rewardServer = await startRewardServer();
  const ways = { ...strategies, ...rewardModelKinds(rewardServer.baseUrl), ...trainingWays };
  files = await writeCampaigns(folder, ways);
  const names = Object.keys(files);
  const running = await runCampaigns(Object.values(files));
  undisturbed = Object.fromEntries(names.map((name, i) => [name, running[i]!]));
  const ended = await Promise.all(running.map(({ handle }) => handle.result()));
  results = Object.fromEntries(names.map((name, i) => [name, ended[i]!]));
  await running[0]!.stop();
}, 600_000);

afterAll(async () => {
  await Promise.all([rewardServer.close(), removeHome(undisturbed[all[0]!]!.home), removeHome(folder)]);
});

async function roundsOf(name: string): Promise<RoundRecord[]> {
  const { store } = undisturbed[name]!;
  const newest = await store.getJson(results[name]!.roundLog!, roundLogLink);
  const first = await store.getJson(newest.previous!, roundLogLink);
  expect(first.previous).toBeNull();
  return [first.round, newest.round];
}

test.each(all)('%s trains a policy, round by round', async (name) => {
  expect(results[name]).toMatchObject({ status: 'finished', totals: { rounds, skippedRounds: 0 } });
  const records = await roundsOf(name);
  for (const { training, scoring, decisions } of records) {
    expect(training!.loss).toBeGreaterThan(0);
    expect(scoring.every(({ scored, missing }) => scored > 0 && missing === 0)).toBe(true);
    if (asksAll.includes(name)) expect([scoring.length, decisions.length]).toEqual([4, 0]);
    else
      expect(new Set(decisions.map((one) => one.rewardModelId))).toEqual(
        new Set(scoring.map((one) => one.rewardModelId)),
      );
  }
});

test.each(all.filter((name) => !asksAll.includes(name)))(
  '%s: the bandit heard what came of its choices',
  async (name) => {
    const observed = observationsOf(await readBanditLog(undisturbed[name]!.store, results[name]!.banditLog));
    const records = await roundsOf(name);
    expect(observed.length).toBeGreaterThanOrEqual(rounds);
    expect(observed.every(({ reward }) => reward >= 0 && reward <= 1)).toBe(true);
    const places = new Set(
      records.flatMap(({ round, decisions }) => decisions.map(({ scope }) => `${round} ${scope}`)),
    );
    expect(observed.every(({ round, scope }) => places.has(`${round} ${scope}`))).toBe(true);
  },
);

test.each(all)('%s: every choice is recomputed from the log, to the bit', async (name) => {
  const records = await roundsOf(name);
  const { decisions, differences } = await replayDecisions(undisturbed[name]!.store, results[name]!.banditLog, records);
  expect(differences).toEqual([]);
  expect(decisions).toBe(records.reduce((sum, record) => sum + record.decisions.length, 0));
});

test('what makes each of them different', async () => {
  const asked = async (name: string) =>
    (await roundsOf(name)).map(({ scoring }) => scoring.map(({ rewardModelId }) => rewardModelId));
  expect(await asked('fixed')).toEqual([['rm-sort'], ['rm-sort']]);
  expect(await asked('round-robin')).toEqual([['rm-sum'], ['rm-sort']]);
  expect(await asked('sequential')).toEqual([['rm-sum'], ['rm-noise']]);
  expect(await asked('oracle')).toEqual([['frozen-policy'], ['rm-noise']]);
  expect((await roundsOf('laser-by-prompt')).map(({ decisions }) => decisions.length)).toEqual([4, 4]);
  for (const { decisions } of await roundsOf('bayesian-router')) {
    expect(decisions.length).toBeGreaterThan(1);
    expect(decisions.every(({ scope }) => /#\d+-\d+$/.test(scope!))).toBe(true);
  }
  const [first, second] = await roundsOf('online-ensemble');
  expect(first!.scoring.map(({ weight }) => weight)).toEqual(
    [0.25, 0.25, 0.25, 0.25].map((one): unknown => expect.closeTo(one, 12)),
  );
  expect(second!.scoring.map(({ weight }) => weight)).not.toEqual(first!.scoring.map(({ weight }) => weight));
  const [kept] = await roundsOf('laser-cost');
  expect(kept!.unseenPairs).toBeDefined();
});

test('every kind of reward model is asked in every round, and every way of training trains', async () => {
  for (const { scoring } of await roundsOf('every-kind')) {
    expect(scoring).toHaveLength(11);
    expect(scoring.every(({ scored }) => scored > 0)).toBe(true);
  }
  for (const [name, { status, totals }] of Object.entries(results)) {
    expect({ name, status, isTrained: totals.skippedRounds < totals.rounds }).toEqual({
      ...{ name, status: 'finished', isTrained: true },
    });
  }
});

test('killed twice in the middle, with every way of selecting and training and every kind of reward model, all end as if left alone', async () => {
  const names = Object.keys(files);
  const trainings = await trained(undisturbed[names[0]!]!);
  const disturbed = await runCampaigns(Object.values(files));
  const [one] = disturbed as [RunningCampaign];
  const hit = { anywhere: new Set<string>(), inAnIteration: new Set<string>() };
  try {
    for (const share of [1 / 3, 2 / 3]) {
      await until('so many trained', async () => (await trained(one)) >= share * trainings, restartMs);
      killWorkers(one);
      const standings = await Promise.all(disturbed.map(standingOf));
      for (const [i, standing] of standings.entries()) {
        if (!standing.isRunning || standing.prepared === 0) continue;
        hit.anywhere.add(names[i]!);
        if (standing.trained > 0) hit.inAnIteration.add(names[i]!);
      }
    }
    expect([...hit.anywhere].sort()).toEqual(names.toSorted());
    expect(hit.inAnIteration.size).toBeGreaterThan(names.length / 2);
    const ended = await Promise.all(disturbed.map(({ handle }) => handle.result()));
    for (const [i, name] of names.entries()) {
      expect({ name, ...essence(ended[i]!) }).toEqual({ name, ...essence(results[name]!) });
    }
  } finally {
    await one.stop();
    await removeHome(one.home);
  }
}, 600_000);

async function trained({ store }: RunningCampaign): Promise<number> {
  return (await readJournal(store)).filter(({ step }) => step === 'trainPolicy').length;
}
