import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Client } from '@temporalio/client';
import { stringify } from 'yaml';
import { ArtifactStore } from '../../artifact-store';
import { runsOfSchedule, type RunOfSchedule } from '../../cli/schedule/runs-of-schedule';
import { connectClient } from '../../cli/temporal-client';
import { readEnvironment } from '../../config/environment';
import { loadCampaign } from '../../config/load-campaign';
import { resolveModels } from '../../config/resolve-models';
import { observationsOf as readObservations, readBanditLog } from '../../activities/bandit-log';
import type { BanditObservation } from '../../contract/bandit-log';
import { cliOutputs } from '../../contract/cli-output';
import type { CampaignInput, CampaignResult } from '../../contract/campaign-run';
import { promptRecord } from '../../contract/round';
import { projectRoot } from '../../workers/embedded/project-root';
import { startEmbedded, type EmbeddedRuntime } from '../../workers/embedded/start-embedded';

const run = promisify(execFile);
const models = join(projectRoot, 'models', 'quickstart');
const day = 24 * 3600 * 1000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** One iteration of two rounds on the tiny real models, with each day's own training data. */
const campaign = {
  ...{ name: 'micro', iterations: 1, roundsPerIteration: 2, promptBatchSize: 4 },
  policy: { model: join(models, 'policy') },
  data: {
    ...{ train: 'train-{date}.jsonl', heldOut: join(models, 'data', 'heldout.jsonl'), heldOutLimit: 16 },
    fields: { promptId: 'promptId' },
  },
  rewardModels: ['rm-sum', 'rm-sort'].map((id) => ({ id, kind: 'classify', input: 'text', model: join(models, id) })),
  sampling: { completionsPerPrompt: 4, temperature: 1, maxTokens: 24 },
  pairing: { pairsPerPrompt: 2 },
  training: { learningRate: 5e-4, miniBatchSize: 8, maxLength: 64 },
  evaluation: { maxTokens: 24, answerPattern: '([^=]+)$' },
};

interface ScheduleView {
  times: string[];
  paused: boolean;
  note: string | null;
  skipped: number;
  runs: RunOfSchedule[];
}

describe('a schedule that fires more often than a campaign takes', () => {
  let home: string;
  let runtime: EmbeddedRuntime;
  let client: Client;
  let store: ArtifactStore;
  const file = () => join(home, 'campaign.yaml');

  const laser = async (...args: string[]) => {
    const parameters = [join(projectRoot, 'dist', 'cli', 'main.js'), 'schedule', ...args, '--json'];
    const { stdout } = await run(process.execPath, parameters, { env: { ...process.env, LASER_HOME: home } });
    return cliOutputs[`schedule-${args[0]}` as keyof typeof cliOutputs].parse(JSON.parse(stdout)) as unknown;
  };
  const describeIt = async () => (await laser('describe', 'often')) as ScheduleView;
  /** Oldest first, once there are so many that are over. */
  const finishedRuns = async (count: number): Promise<RunOfSchedule[]> => {
    for (;;) {
      const runs = await runsOfSchedule(client, await client.schedule.getHandle('often').describe());
      const failed = runs.find(({ status }) => status === 'failed');
      if (failed) throw new Error(`${failed.campaignId} failed`);
      const over = runs.filter(({ status }) => status === 'finished');
      if (over.length >= count) return over.reverse();
      await delay(500);
    }
  };
  const nothingRuns = async () => {
    const { info } = await client.schedule.getHandle('often').describe();
    return finishedRuns(info.recentActions.length);
  };
  const resultOf = (campaignId: string) =>
    client.workflow.getHandle(`laser-${campaignId}`).result() as Promise<CampaignResult>;
  const observationsOf = async ({ banditLog: ref }: CampaignResult): Promise<BanditObservation[]> =>
    readObservations(await readBanditLog(store, ref));

  /** The later run began with the earlier one's policy, bandit and scaling, and says so. */
  const expectToGoOn = async (later: RunOfSchedule, earlier: RunOfSchedule) => {
    const [after, before] = [await resultOf(later.campaignId), await resultOf(earlier.campaignId)];
    expect(after.lineage).toEqual({ campaignId: earlier.campaignId, runId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(later.continuedFrom).toBe(earlier.campaignId);
    expect(after.evaluations[0]!.outcomes).toEqual(before.evaluations.at(-1)!.outcomes);
    expect(after.policy.adapter).not.toEqual(before.policy.adapter);
    expect(after.contextScaling).toEqual(before.contextScaling);
    const [seen, seenBefore] = [await observationsOf(after), await observationsOf(before)];
    // Losses stay behind: they mean nothing beside those of another run.
    const carried = seenBefore.map(({ loss: _loss, ...observation }) => observation);
    expect(seen.slice(0, seenBefore.length).map(({ loss: _loss, ...observation }) => observation)).toEqual(carried);
    expect(seen.length).toBe(seenBefore.length + after.totals.rounds - after.totals.skippedRounds);
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'laser-schedule-'));
    const lines = (await readFile(join(models, 'data', 'train.jsonl'), 'utf8')).split('\n');
    for (const [index, offset] of [-2, -1, 0, 1].entries()) {
      const window = lines.slice(index * 40, (index + 1) * 40).join('\n');
      await writeFile(join(home, `train-${dayOf(Date.now() + offset * day)}.jsonl`), window);
    }
    await writeFile(file(), stringify(campaign));

    const environment = readEnvironment({ ...process.env, LASER_HOME: home });
    store = new ArtifactStore(environment.LASER_STORE);
    const { embeddedModels, rewardModels } = await resolveModels(file(), await loadCampaign(file()));
    runtime = await startEmbedded({
      ...{ environment, models: embeddedModels, rewardModelIds: rewardModels.map(({ id }) => id) },
      onMessage: () => undefined,
    });
    client = await connectClient({ ...environment, TEMPORAL_ADDRESS: runtime.temporalAddress });
  }, 120_000);

  afterAll(async () => {
    await client.connection.close();
    await runtime.stop();
    await rm(home, { recursive: true, force: true });
  }, 60_000);

  it('runs one campaign after the other, each from the last one’s policy and bandit', async () => {
    const created = await laser(
      ...['create', 'often', file(), '--every', '1s', '--overlap', 'skip', '--continue-from', 'latest'],
      ...['--catch-up', '1m', '--pause-on-failure'],
    );
    expect(created).toMatchObject({ scheduleId: 'often', overlap: 'skip', catchUpSeconds: 60, pauseOnFailure: true });

    await finishedRuns(3);
    await laser('pause', 'often', '--note', 'seen enough');
    const runs = await nothingRuns();
    expect(new Set(runs.map(({ campaignId }) => campaignId)).size).toBe(runs.length);
    expect(runs[0]!.continuedFrom).toBeNull();
    for (const [index, later] of runs.slice(1).entries()) await expectToGoOn(later, runs[index]!);
    expect((await observationsOf(await resultOf(runs.at(-1)!.campaignId))).length).toBeGreaterThan(0);
    const { paused, note, skipped } = await describeIt();
    expect({ paused, note }).toEqual({ paused: true, note: 'seen enough' });
    expect(skipped).toBeGreaterThan(0);
  }, 240_000);

  it('paused, it starts nothing, but can be triggered', async () => {
    const before = (await describeIt()).runs;
    await delay(4000);
    expect((await describeIt()).runs).toHaveLength(before.length);
    await laser('trigger', 'often');
    const runs = await finishedRuns(before.length + 1);
    expect(runs).toHaveLength(before.length + 1);
    await expectToGoOn(runs.at(-1)!, runs.at(-2)!);
  }, 120_000);

  it('is changed, and backfilled for a day that has passed, with that day’s data', async () => {
    const yesterday = dayOf(Date.now() - day);
    const changed = (await laser('update', 'often', '--cron', '0 0 * * *', '--gate')) as ScheduleView;
    expect(changed).toMatchObject({ times: ['0 0 * * *'], gate: true, overlap: 'skip', continueFrom: 'latest' });
    const before = (await describeIt()).runs;
    await laser('backfill', 'often', '--from', `${yesterday}T00:00Z`, '--to', `${yesterday}T01:00Z`);
    const runs = await finishedRuns(before.length + 1);
    const filled = runs.at(-1)!;
    expect(filled.campaignId).toBe(`often-${yesterday}T00:00:00Z`);
    await expectToGoOn(filled, runs.at(-2)!);

    const trainPrompts = async ({ campaignId }: RunOfSchedule) => {
      const { events } = await client.workflow.getHandle(`laser-${campaignId}`).fetchHistory();
      const payload = events![0]!.workflowExecutionStartedEventAttributes!.input!.payloads![0]!;
      const input = JSON.parse(Buffer.from(payload.data!).toString('utf8')) as CampaignInput;
      return (await store.getJsonLines(input.campaign.trainPrompts, promptRecord)).map(({ promptId }) => promptId);
    };
    const text = await readFile(join(home, `train-${yesterday}.jsonl`), 'utf8');
    const promptIds = text.split('\n').map((line) => (JSON.parse(line) as { promptId: string }).promptId);
    expect(await trainPrompts(filled)).toEqual(promptIds);
    expect(await trainPrompts(runs[0]!)).not.toEqual(promptIds);
  }, 120_000);

  it('goes on when unpaused, is listed, and is gone when deleted; its campaigns stay', async () => {
    expect(await laser('unpause', 'often')).toMatchObject({ message: expect.stringContaining('runs next at') });
    const { paused, runs } = await describeIt();
    expect(paused).toBe(false);
    expect(await laser('list')).toMatchObject([{ scheduleId: 'often', last: runs[0]!.campaignId }]);
    const refused = (stderr: RegExp) => ({ code: 2, stderr: expect.stringMatching(stderr) });
    await expect(laser('pause', 'seldom')).rejects.toMatchObject(
      refused(/^There is no schedule "seldom"\. Known are: often\.$/m),
    );
    await expect(laser('create', 'often', file(), '--cron', '@daily')).rejects.toMatchObject(
      refused(/^There is a schedule "often" already/),
    );
    await expect(laser('update', 'often', '--cron', '61 25 * * *')).rejects.toMatchObject(
      refused(/^The times of schedule "often" are refused: .*A cron expression has 5 to 7 fields/),
    );
    await expect(laser('create', 'other', file(), '--every', '1d', '--time-zone', 'Mars')).rejects.toMatchObject(
      refused(/^The times of schedule "other" are refused: .*time zone is an IANA name/),
    );
    await laser('delete', 'often');
    await expect(laser('describe', 'often')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no schedule "often".'),
    });
    expect((await resultOf(runs[0]!.campaignId)).status).toBe('finished');
  }, 60_000);
});
