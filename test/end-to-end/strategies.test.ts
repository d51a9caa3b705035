import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { observationsOf, readBanditLog } from '../../activities/bandit-log';
import { replayDecisions } from '../../cli/replay/replay-decisions';
import type { CampaignResult } from '../../contract/campaign-run';
import { roundLogLink, type RoundRecord } from '../../contract/round-record';
import { essence } from './essence';
import { finished, killWorkers, until } from './faults';
import { removeHome, runCampaigns, type RunningCampaign } from './running-campaign';
import { rounds, strategies, writeStrategies } from './strategies';

/** What is killed in the middle: all are asked, with weights; and each pair has a choice, with a prior learned before. */
const killed = ['online-ensemble', 'bayesian-router'];
const all = Object.keys(strategies);
const asksAll = ['score-ensemble', 'agreement-ensemble', 'online-ensemble'];

let folder: string;
let files: Record<string, string>;
let undisturbed: Record<string, RunningCampaign>;
let results: Record<string, CampaignResult>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'laser-strategies-'));
  files = await writeStrategies(folder);
  const running = await runCampaigns(all.map((name) => files[name]!));
  undisturbed = Object.fromEntries(all.map((name, i) => [name, running[i]!]));
  const ended = await Promise.all(running.map(({ handle }) => handle.result()));
  results = Object.fromEntries(all.map((name, i) => [name, ended[i]!]));
  await running[0]!.stop();
}, 240_000);

afterAll(async () => {
  await Promise.all([removeHome(undisturbed[all[0]!]!.home), removeHome(folder)]);
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

test('killed in the middle, campaigns end as those that were left alone', async () => {
  const disturbed = await runCampaigns(killed.map((name) => files[name]!));
  const [one] = disturbed as [RunningCampaign];
  try {
    await until('a round scored', async () => (await finished(one, 'scoreCompletions', 1)) > 0);
    killWorkers(one);
    await until('a round trained', async () => (await finished(one, 'trainPolicy', 1)) > 0);
    killWorkers(one);
    const ended = await Promise.all(disturbed.map(({ handle }) => handle.result()));
    expect(ended.map(essence)).toEqual(killed.map((name) => essence(results[name]!)));
  } finally {
    await one.stop();
    await removeHome(one.home);
  }
}, 180_000);
