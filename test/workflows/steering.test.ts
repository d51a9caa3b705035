import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { CampaignEvent } from '../../contract/campaign-event';
import type { ResolvedRewardModel } from '../../contract/reward-model';
import type { ArmChange } from '../../contract/steering';
import {
  approveUpdate,
  campaignStateQuery,
  changeArmsUpdate,
  pauseUpdate,
  resumeUpdate,
  setUpdate,
  stopUpdate,
} from '../../workflows/messages';
import { rejection } from '../model-server/against';
import type { Called } from './fake-activities';
import { campaign, durability, pause, until, useWorkflowWorld, type CampaignHandle } from './workflow-world';

const world = useWorkflowWorld();
const origin = { by: 'ada', why: 'a look around' };
const orders = (handle: CampaignHandle) => ({
  pause: () => handle.executeUpdate(pauseUpdate, { args: [origin] }),
  resume: () => handle.executeUpdate(resumeUpdate, { args: [origin] }),
  stop: (now = false) => handle.executeUpdate(stopUpdate, { args: [{ ...origin, now }] }),
  set: (settings: object) => handle.executeUpdate(setUpdate, { args: [{ ...origin, settings }] }),
  change: (change: ArmChange) => handle.executeUpdate(changeArmsUpdate, { args: [{ ...origin, change }] }),
  approve: (approve: boolean) => handle.executeUpdate(approveUpdate, { args: [{ ...origin, approve }] }),
});
const called = (wanted: Partial<Called>) => world.called(wanted).length;

/** Starts a campaign and waits until it is held at a step of an iteration; `release` lets it go on. */
async function heldAt(step: Called['step'], changes: Parameters<typeof world.start>[0], iteration?: number) {
  const { release, reached } = world.hold({ step, ...(iteration !== undefined && { iteration }) });
  const handle = await world.start(changes);
  await reached();
  return { handle, release, order: orders(handle) };
}

const stateOf = (handle: CampaignHandle) => handle.query(campaignStateQuery);

async function refusal(update: Promise<unknown>): Promise<string> {
  const error = await rejection<Error>(update);
  expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
  return (error.cause as Error).message;
}

test('a pause holds at the edge of the round, a resume lets go, and neither is accepted twice', async () => {
  const { handle, release, order } = await heldAt('trainPolicy', { roundsPerIteration: 3 });
  expect(await refusal(order.resume())).toMatch(/^Campaign test-\d+ is not paused\.$/);
  const { message } = await order.pause();
  expect(message).toMatch(/^Campaign test-\d+ pauses at the edge of the round under way\.$/);
  expect(await refusal(order.pause())).toMatch(/is paused already/);
  expect(await stateOf(handle)).toMatchObject({ phase: 'paused', paused: true, runningIteration: 1 });
  release();
  await until(() => called({ step: 'updateBandit' }) === 1);
  await pause(300);
  expect(called({ step: 'selectRewardModels' })).toBe(1);

  expect((await order.resume()).message).toMatch(/goes on/);
  expect(await handle.result()).toMatchObject({ status: 'finished', totals: { rounds: 3 } });
  expect(await stateOf(handle)).toMatchObject({ phase: 'finished', iteration: 1, totals: { rounds: 3 } });
});

test('a stop ends after the round under way, with the policy so far published', async () => {
  const { handle, release, order } = await heldAt('trainPolicy', { iterations: 2, roundsPerIteration: 3 });
  await order.stop();
  for (const again of [order.stop, order.pause, order.resume]) {
    expect(await refusal(again())).toMatch(/is stopping already/);
  }
  release();
  const result = await handle.result();
  expect(result).toMatchObject({ status: 'stopped', policy: { iteration: 1 }, totals: { rounds: 1 } });
  expect(result.policy.adapter).not.toBeNull();
  expect(result.evaluations).toHaveLength(1);
  const last = world.calls.filter(({ step }) => step !== 'recordEvent').at(-1);
  expect(last).toMatchObject({ step: 'publishPolicy', iteration: 1 });
});

test('a stop of a paused campaign wakes it', async () => {
  const { handle, release, order } = await heldAt('trainPolicy', { roundsPerIteration: 3 });
  await order.pause();
  release();
  await until(() => called({ step: 'updateBandit' }) === 1);
  await order.stop();
  expect(await handle.result()).toMatchObject({ status: 'stopped', totals: { rounds: 1 } });
});

test('a stop during the last round of an iteration leaves it complete and measured', async () => {
  const { handle, release, order } = await heldAt('trainPolicy', { iterations: 2, roundsPerIteration: 1 });
  await order.stop();
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
  const { handle, release, order } = await heldAt(step, { iterations: 2, roundsPerIteration: 1 }, iteration);
  await order.stop();
  release();
  expect(await handle.result()).toMatchObject({
    status: 'stopped',
    policy: { iteration },
    totals: { rounds: iteration },
  });
  expect(called({ step: 'drawPromptBatches' })).toBe(iteration);
});

test('a pause during the preparation holds the first round', async () => {
  const { handle, release, order } = await heldAt('drawProbes', {});
  await order.pause();
  release();
  await until(async () => (await stateOf(handle)).runningIteration === 1);
  await pause(200);
  expect(called({ step: 'generateCompletions' })).toBe(0);
  await order.resume();
  expect(await handle.result()).toMatchObject({ status: 'finished' });
});

test('pause and stop outlast continue-as-new, of campaign and iteration', async () => {
  const cut = { ...durability, roundsPerRun: 1, iterationsPerRun: 1 };
  const { handle, release, order } = await heldAt('trainPolicy', {
    iterations: 3,
    roundsPerIteration: 2,
    durability: cut,
  });
  await order.pause();
  release();
  await until(() => called({ step: 'updateBandit' }) === 1);
  await pause(300);
  expect(called({ step: 'selectRewardModels' })).toBe(1);
  await order.resume();
  await until(() => called({ step: 'selectRewardModels', iteration: 2 }) > 0);
  await order.stop();
  expect(await handle.result()).toMatchObject({ status: 'stopped' });
  expect(called({ step: 'selectRewardModels', iteration: 3 })).toBe(0);
});

test('a campaign that is over takes no more orders, and still answers where it is', async () => {
  const handle = await world.start({ roundsPerIteration: 1 });
  await handle.result();
  const order = orders(handle);
  for (const late of [order.pause, order.resume, order.stop]) await expect(late()).rejects.toThrow();
  expect(await stateOf(handle)).toMatchObject({ phase: 'finished', stopRequested: false, paused: false });
});

/** The event log as the store has it, oldest first. */
async function eventsOf(handle: CampaignHandle) {
  const events: Omit<CampaignEvent, 'at'>[] = [];
  for (let ref = (await stateOf(handle)).eventLog; ref !== null;) {
    const link = world.value(ref) as { event: Omit<CampaignEvent, 'at'>; eventLog: typeof ref };
    events.unshift(link.event);
    ref = link.eventLog;
  }
  return events;
}

test('who asked for what, and why, is in the event log, with what the campaign did of itself', async () => {
  const { handle, release, order } = await heldAt('trainPolicy', { roundsPerIteration: 1 });
  const asked = Promise.all([order.set({ alpha: 2 }), order.pause()]);
  await asked;
  await order.resume();
  release();
  await handle.result();
  const events = await eventsOf(handle);
  expect(events.map(({ type }) => type).sort()).toEqual(
    ['started', 'settingsChanged', 'paused', 'resumed', 'iterationFinished', 'finished'].sort(),
  );
  expect(events.find(({ type }) => type === 'settingsChanged')).toMatchObject({
    ...{ ...origin, iteration: 1 },
    message: expect.stringMatching(/^Campaign test-\d+ takes alpha = 2 from the next round on\.$/),
  });
  expect(events[0]).toMatchObject({ type: 'started', by: null, why: null });
});

test('settings hold from the next round on, through continue-as-new and the next iteration', async () => {
  const cut = { ...durability, roundsPerRun: 1, iterationsPerRun: 1 };
  const { handle, release, order } = await heldAt('trainPolicy', {
    ...{ iterations: 3, roundsPerIteration: 2, durability: cut, evaluation: { ...campaign.evaluation } },
  });
  await order.set({ learningRate: 0.5, alpha: 3, everyIterations: 3 });
  release();
  const result = await handle.result();
  const rates: number[] = [];
  for (let ref: unknown = result.policy.adapter; ref !== null;) {
    const { adapterOf } = world.value(ref as never) as { adapterOf: [never, never, never, { learningRate: number }] };
    rates.unshift(adapterOf[3].learningRate);
    ref = adapterOf[1];
  }
  // Adapters are named by their reference: one an iteration, by its last round.
  expect(rates).toEqual([0.5, 0.5, 0.5]);
  expect(world.log(result.banditLog)).toMatchObject({ alpha: 3 });
  expect(result.evaluations.map(({ iteration }) => iteration)).toEqual([0, 3]);
  expect((await stateOf(handle)).settings).toEqual({ learningRate: 0.5, alpha: 3, everyIterations: 3 });
  // The first round of each iteration tells the bandit, and the round after the change.
  expect(called({ step: 'adjustBandit' })).toBe(3);
});

test.each<[object, RegExp]>([
  [{}, /was not told what to set; it can be alpha, posteriorScale, learningRate, prefetchRounds, everyIterations/],
  [{ beta: 1 }, /cannot change beta while it runs/],
  [{ posteriorScale: 0.2 }, /has no posteriorScale: its selection is neither/],
  [{ alpha: -1 }, /cannot take alpha = -1: it must be 0 or more/],
  [{ learningRate: 'fast' }, /cannot take learningRate = fast: not a number/],
  [{ prefetchRounds: 1.5 }, /whole number of at least 0 and at most 64/],
])('settings %j are refused', async (settings, message) => {
  const { order } = await heldAt('trainPolicy', {});
  expect(await refusal(order.set(settings))).toMatch(message);
});

const addedModel = {
  ...campaign.rewardModels[0]!,
  ...{ id: 'rm-b', servedModel: 'rm-b', revision: 'b' },
} as ResolvedRewardModel;

test('reward models are added, masked, unmasked and removed from the next round on', async () => {
  const { handle, release, order } = await heldAt('trainPolicy', {
    ...{ rewardModels: [campaign.rewardModels[0]!], roundsPerIteration: 4 },
  });
  expect(await refusal(order.change({ action: 'mask', rewardModelId: 'rm-a' }))).toMatch(/no reward model left to ask/);
  const added = await order.change({ action: 'add', rewardModelId: 'rm-b', rewardModel: addedModel });
  expect(added.message).toMatch(/may ask rm-b from the next round on/);
  await order.change({ action: 'mask', rewardModelId: 'rm-a' });
  expect((await stateOf(handle)).rewardModels).toMatchObject([
    { id: 'rm-a', status: 'masked' },
    { id: 'rm-b', status: 'active' },
  ]);
  await order.change({ action: 'unmask', rewardModelId: 'rm-a' });
  await order.change({ action: 'remove', rewardModelId: 'rm-a' });
  release();
  const result = await handle.result();
  expect(world.log(result.banditLog)).toMatchObject({ arms: ['rm-b'], masked: [] });
  expect(result.totals.picks).toEqual({ sum: { 'rm-a': 1, 'rm-b': 3 } });
});

test.each<[ArmChange, RegExp]>([
  [{ action: 'mask', rewardModelId: 'rm-x' }, /has no reward model rm-x: rm-a \(active\), rm-b \(active\)/],
  [{ action: 'unmask', rewardModelId: 'rm-a' }, /has not masked rm-a/],
  [{ action: 'add', rewardModelId: 'rm-a', rewardModel: addedModel }, /has a reward model rm-a already/],
  [{ action: 'add', rewardModelId: 'rm-c' }, /was not told what rm-c is/],
])('a change of reward models %j is refused', async (change, message) => {
  const { order } = await heldAt('trainPolicy', {});
  expect(await refusal(order.change(change))).toMatch(message);
});

test('a fixed reward model cannot be taken away', async () => {
  const { order } = await heldAt('trainPolicy', { selection: { type: 'fixed', rewardModelId: 'rm-a' } });
  expect(await refusal(order.change({ action: 'remove', rewardModelId: 'rm-a' }))).toMatch(/always asks rm-a/);
});

test('a stop now gives the round up and keeps the policy before', async () => {
  const { handle, release, order } = await heldAt('trainPolicy', { iterations: 2, roundsPerIteration: 2 }, 2);
  expect((await order.stop(true)).message).toMatch(/stops now; the round under way is given up/);
  release();
  expect(await handle.result()).toMatchObject({ status: 'stopped', policy: { iteration: 1 }, totals: { rounds: 2 } });
});

test('with approval, a policy is published when people say so, and not when they do not', async () => {
  const handle = await world.start({ iterations: 2, roundsPerIteration: 1, approval: 'everyIteration' });
  const order = orders(handle);
  const waits = () => until(async () => (await stateOf(handle)).phase === 'awaitingApproval');
  await waits();
  expect(called({ step: 'publishPolicy', iteration: 1 })).toBe(0);
  expect((await order.approve(true)).message).toMatch(/publishes policy 1 now/);
  await until(() => called({ step: 'trainPolicy', iteration: 2 }) === 1);
  await waits();
  await order.approve(false);
  expect(await handle.result()).toMatchObject({ status: 'stopped', policy: { iteration: 1 } });
  expect(called({ step: 'publishPolicy', iteration: 2 })).toBe(0);
  const types = (await eventsOf(handle)).map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['approvalAwaited', 'approved', 'rejected', 'stopped']));
});

test('nothing can be approved while nothing waits', async () => {
  const { order } = await heldAt('trainPolicy', {});
  expect(await refusal(order.approve(true))).toMatch(/has no policy that waits for approval/);
});

test('the campaign hears of rounds while the iteration runs', async () => {
  const handle = await world.start({ roundsPerIteration: 3 });
  world.control.hook = ({ step, round }) => (step === 'trainPolicy' && round === 2 ? pause(1500) : undefined);
  await until(async () => (await stateOf(handle)).totals.rounds === 1);
  expect(await stateOf(handle)).toMatchObject({
    phase: 'training',
    expectedEnd: expect.stringMatching(/^\d{4}-/),
    totals: { arms: { 'rm-a': { picks: 1, rewardSum: 1 / 2, lastWidth: 1 } } },
  });
  expect((await handle.result()).totals.rounds).toBe(3);
});
