import { WorkflowUpdateFailedError } from '@temporalio/client';
import { campaignStateQuery, pauseUpdate, resumeUpdate, stopUpdate } from '../../workflows/messages';
import { rejection } from '../model-server/against';
import type { Called } from './fake-activities';
import { durability, pause, until, useWorkflowWorld, type CampaignHandle } from './workflow-world';

const world = useWorkflowWorld();
const called = (wanted: Partial<Called>) => world.called(wanted).length;

/** Starts a campaign and waits until it is held at a step of an iteration; `release` lets it go on. */
async function heldAt(step: Called['step'], changes: Parameters<typeof world.start>[0], iteration?: number) {
  const { release, reached } = world.hold({ step, ...(iteration !== undefined && { iteration }) });
  const handle = await world.start(changes);
  await reached();
  return { handle, release };
}

const stateOf = (handle: CampaignHandle) => handle.query(campaignStateQuery);

async function refusal(update: Promise<unknown>): Promise<string> {
  const error = await rejection<Error>(update);
  expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
  return (error.cause as Error).message;
}

test('a pause holds at the edge of the round, a resume lets go, and neither is accepted twice', async () => {
  const { handle, release } = await heldAt('trainPolicy', { roundsPerIteration: 3 });
  expect(await refusal(handle.executeUpdate(resumeUpdate))).toMatch(/^Campaign test-\d+ is not paused\.$/);
  const { message } = await handle.executeUpdate(pauseUpdate);
  expect(message).toMatch(/^Campaign test-\d+ pauses at the edge of the round under way\.$/);
  expect(await refusal(handle.executeUpdate(pauseUpdate))).toMatch(/is paused already/);
  expect(await stateOf(handle)).toMatchObject({ phase: 'paused', paused: true, runningIteration: 1 });
  release();
  await until(() => called({ step: 'updateBandit' }) === 1);
  await pause(300);
  expect(called({ step: 'selectRewardModel' })).toBe(1);

  expect((await handle.executeUpdate(resumeUpdate)).message).toMatch(/goes on/);
  expect(await handle.result()).toMatchObject({ status: 'finished', totals: { rounds: 3 } });
  expect(await stateOf(handle)).toMatchObject({ phase: 'finished', iteration: 1, totals: { rounds: 3 } });
});

test('a stop ends after the round under way, with the policy so far published', async () => {
  const { handle, release } = await heldAt('trainPolicy', { iterations: 2, roundsPerIteration: 3 });
  await handle.executeUpdate(stopUpdate);
  for (const update of [stopUpdate, pauseUpdate, resumeUpdate]) {
    expect(await refusal(handle.executeUpdate(update))).toMatch(/is stopping already/);
  }
  release();
  const result = await handle.result();
  expect(result).toMatchObject({ status: 'stopped', policy: { iteration: 1 }, totals: { rounds: 1 } });
  expect(result.policy.adapter).not.toBeNull();
  expect(result.evaluations).toHaveLength(1);
  expect(world.calls.at(-1)).toMatchObject({ step: 'publishPolicy', iteration: 1 });
});

test('a stop of a paused campaign wakes it', async () => {
  const { handle, release } = await heldAt('trainPolicy', { roundsPerIteration: 3 });
  await handle.executeUpdate(pauseUpdate);
  release();
  await until(() => called({ step: 'updateBandit' }) === 1);
  await handle.executeUpdate(stopUpdate);
  expect(await handle.result()).toMatchObject({ status: 'stopped', totals: { rounds: 1 } });
});

test('a stop during the last round of an iteration leaves it complete and measured', async () => {
  const { handle, release } = await heldAt('trainPolicy', { iterations: 2, roundsPerIteration: 1 });
  await handle.executeUpdate(stopUpdate);
  release();
  expect(await handle.result()).toMatchObject({
    status: 'stopped',
    policy: { iteration: 1 },
    evaluations: [{ iteration: 0 }, { iteration: 1 }],
  });
});

test.each([
  ['before the first iteration', 'drawProbes', 0],
  ['between iterations', 'evaluatePolicy', 1],
] as const)('a stop %s starts no further one', async (_, step, iteration) => {
  const { handle, release } = await heldAt(step, { iterations: 2, roundsPerIteration: 1 }, iteration);
  await handle.executeUpdate(stopUpdate);
  release();
  expect(await handle.result()).toMatchObject({
    status: 'stopped',
    policy: { iteration },
    totals: { rounds: iteration },
  });
  expect(called({ step: 'drawPromptBatches' })).toBe(iteration);
});

test('a pause during the preparation holds the first round', async () => {
  const { handle, release } = await heldAt('drawProbes', {});
  await handle.executeUpdate(pauseUpdate);
  release();
  await until(async () => (await stateOf(handle)).runningIteration === 1);
  await pause(200);
  expect(called({ step: 'generateCompletions' })).toBe(0);
  await handle.executeUpdate(resumeUpdate);
  expect(await handle.result()).toMatchObject({ status: 'finished' });
});

test('pause and stop outlast continue-as-new, of campaign and iteration', async () => {
  const cut = { ...durability, roundsPerRun: 1, iterationsPerRun: 1 };
  const { handle, release } = await heldAt('trainPolicy', { iterations: 3, roundsPerIteration: 2, durability: cut });
  await handle.executeUpdate(pauseUpdate);
  release();
  await until(() => called({ step: 'updateBandit' }) === 1);
  await pause(300);
  expect(called({ step: 'selectRewardModel' })).toBe(1);
  await handle.executeUpdate(resumeUpdate);
  await until(() => called({ step: 'selectRewardModel', iteration: 2 }) > 0);
  await handle.executeUpdate(stopUpdate);
  expect(await handle.result()).toMatchObject({ status: 'stopped' });
  expect(called({ step: 'selectRewardModel', iteration: 3 })).toBe(0);
});

test('a campaign that is over takes no more orders, and still answers where it is', async () => {
  const handle = await world.start({ roundsPerIteration: 1 });
  await handle.result();
  for (const update of [pauseUpdate, resumeUpdate, stopUpdate]) {
    await expect(handle.executeUpdate(update)).rejects.toThrow();
  }
  expect(await stateOf(handle)).toMatchObject({ phase: 'finished', stopRequested: false, paused: false });
});
