import type { ScheduleHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { CampaignResult } from '../../contract/campaign-run';
import { failureTypes } from '../../contract/failure-types';
import type { ScheduledCampaignInput, ScheduledRun } from '../../contract/scheduled-campaign';
import { taskQueues } from '../../contract/task-queues';
import { newestGoodRun } from '../../workers/newest-good-run';
import { campaignStateQuery } from '../../workflows/messages';
import { rejection } from '../model-server/against';
import { campaign, until, useWorkflowWorld } from './workflow-world';

const world = useWorkflowWorld();
const schedules: ScheduleHandle[] = [];
afterEach(async () => {
  for (const schedule of schedules.splice(0)) await schedule.delete();
});

/** A schedule that fires only when it is told to. */
async function createSchedule(scheduleId: string, changes: Partial<ScheduledCampaignInput> = {}) {
  const input = {
    scheduleId,
    file: '/campaign.yaml',
    continueFrom: 'latest',
    gate: true,
    searchable: false,
    ...changes,
  };
  const handle = await world.client().schedule.create({
    scheduleId,
    spec: { calendars: [{ year: 2099 }] },
    action: {
      ...{ type: 'startWorkflow', workflowType: 'scheduledCampaignWorkflow', taskQueue: taskQueues.control },
      ...{ workflowId: `laser-${scheduleId}`, args: [input] },
    },
  });
  schedules.push(handle);
  return handle;
}

/** Lets it run once more, for a time of its own, and waits for the end. */
async function runOnce(schedule: ScheduleHandle) {
  const before = (await schedule.describe()).info.numActionsTaken;
  // Runs are named by the second.
  await until(() => Date.now() % 1000 < 100);
  await schedule.trigger();
  await until(async () => (await schedule.describe()).info.numActionsTaken > before);
  const { workflowId } = (await schedule.describe()).info.recentActions.at(-1)!.action.workflow;
  const handle = world.client().workflow.getHandle(workflowId);
  const result = (await handle.result()) as CampaignResult;
  return { campaignId: workflowId.replace(/^laser-/, ''), handle, result };
}

const resolved: ScheduledRun[] = [];
const resolveRuns = (changes: Partial<typeof campaign> = {}) => {
  resolved.length = 0;
  world.control.resolveRun = async (run) => {
    resolved.push(run);
    const latest = run.continueFrom === 'latest';
    return {
      campaign: { ...campaign, ...changes },
      start: latest ? await newestGoodRun(world.client(), run.scheduleId, run.gate) : null,
    };
  };
};

test('a run is a campaign of its own, and goes on from the newest that did not regress', async () => {
  resolveRuns();
  const schedule = await createSchedule('nightly');
  const first = await runOnce(schedule);
  expect(first.campaignId).toMatch(/^nightly-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(first.campaignId).toBe(`nightly-${resolved[0]!.scheduledTime.replace('.000Z', 'Z')}`);
  expect(first.result).toMatchObject({ status: 'finished', lineage: null, regressed: false });

  world.calls.length = 0;
  world.control.isWorse = true;
  const second = await runOnce(schedule);
  expect(second.result.lineage?.campaignId).toBe(first.campaignId);
  expect(second.result.contextScaling).toEqual(first.result.contextScaling);
  expect(world.calls.map(({ step }) => step)).not.toContain('fitContextScaling');
  const [seen, seenBefore] = [second, first].map(({ result }) => world.log(result.banditLog).observations);
  expect(seen).toHaveLength(4);
  expect(seen!.slice(0, 2)).toEqual(seenBefore);
  expect(second.result.regressed).toBe(true);
  expect(await second.handle.query(campaignStateQuery)).toMatchObject({ phase: 'regressed' });

  world.control.isWorse = false;
  const third = await runOnce(schedule);
  expect(third.result.lineage).toEqual(second.result.lineage);
  expect(third.result.regressed).toBe(false);
  const fourth = await runOnce(schedule);
  expect(fourth.result.lineage?.campaignId).toBe(third.campaignId);

  // From the list alone, as when the schedule is gone.
  await schedules.pop()!.delete();
  const newest = async () => (await newestGoodRun(world.client(), 'nightly', true))?.lineage.campaignId;
  await until(async () => (await newest()) === fourth.campaignId);
}, 60_000);

test('without the gate a run that regressed is no exception', async () => {
  resolveRuns();
  world.control.isWorse = true;
  const schedule = await createSchedule('ungated', { gate: false });
  const first = await runOnce(schedule);
  expect(first.result.regressed).toBe(true);
  expect(await first.handle.query(campaignStateQuery)).toMatchObject({ phase: 'finished' });
  expect((await runOnce(schedule)).result.lineage?.campaignId).toBe(first.campaignId);
}, 30_000);

test('a run takes the optimiser’s moments over with the policy, where the campaign carries them', async () => {
  resolveRuns({ roundsPerIteration: 1, training: { ...campaign.training, optimizerState: 'carried' } });
  const schedule = await createSchedule('carried');
  const first = await runOnce(schedule);
  expect(first.result.carriedOptimizer).toBeDefined();
  const { result } = await runOnce(schedule);
  const { adapterOf } = world.value(result.policy.adapter!) as { adapterOf: unknown[] };
  expect(adapterOf.at(-1)).toEqual(first.result.carriedOptimizer);
}, 30_000);

test('each run from the start: no lineage, the seed as given', async () => {
  resolveRuns();
  const schedule = await createSchedule('fresh', { continueFrom: 'start', seed: 5 });
  await runOnce(schedule);
  expect((await runOnce(schedule)).result.lineage).toBeNull();
  expect(resolved).toMatchObject([{ seed: 5 }, { seed: 5 }]);
}, 30_000);

test('a campaign file that is no good fails the run, at once', async () => {
  world.control.resolveRun = () =>
    Promise.reject(ApplicationFailure.nonRetryable('campaign.yaml: there is no such file', failureTypes.configInvalid));
  const schedule = await createSchedule('broken');
  const error = await rejection<Error>(runOnce(schedule));
  expect((error.cause as Error).cause).toMatchObject({ type: 'ConfigInvalid' });
}, 30_000);
