import { ApplicationFailure } from '@temporalio/common';
import { describeFailure } from '../../cli/describe-failure';
import { campaignFailed, failureTypes } from '../../contract/failure-types';
import { campaignStateQuery, recentRoundsQuery } from '../../workflows/messages';
import { rejection } from '../model-server/against';
import type { Called } from './fake-activities';
import { durability, pause, until, useWorkflowWorld } from './workflow-world';

const world = useWorkflowWorld();
const names = (calls: readonly Called[]) => calls.map(({ step }) => step);

test('a campaign: π0 checked and measured, then rounds in the order of the paper, then π1 checked and measured', async () => {
  const result = await world.run();
  const steps = names(world.calls);
  const round = [
    'embedPrompts',
    'generateCompletions',
    'selectRewardModels',
    'scoreCompletions',
    'buildPreferencePairs',
    'trainPolicy',
    'computeBanditReward',
    'updateBandit',
    'recordRound',
  ];
  const publish = ['fingerprintPolicy', 'recordFingerprint', 'publishPolicy', 'evaluatePolicy'];
  const inOrder = [
    ...['recordEvent', 'drawProbes', ...publish, 'fitContextScaling', 'createBandit', 'drawPromptBatches'],
    ...[
      ...round,
      'reportRound',
      ...round,
      ...publish,
      'recordEvent',
      'recordCheckpoint',
      'compareEvaluations',
      'recordEvent',
    ],
  ];
  // The two that need each other's result least run side by side.
  const sorted = (list: string[]) => list.map((step) => (step === 'embedPrompts' ? 'generateCompletions' : step));
  expect(sorted(steps)).toEqual(sorted(inOrder));
  expect(result).toMatchObject({
    status: 'finished',
    policy: { iteration: 1 },
    evaluations: [{ iteration: 0 }, { iteration: 1 }],
    comparison: { pValue: 0.5 },
    totals: {
      ...{ rounds: 2, skippedRounds: 0, reusedSteps: 0, picks: { sum: { 'rm-a': 1, 'rm-b': 1 } } },
      seconds: { embed: 2, generate: 2, score: 2, train: 2 },
    },
  });
  expect(world.log(result.banditLog).observations).toMatchObject([
    { iteration: 1, round: 1, rawReward: -1 / 2, reward: 1 / 2 },
    { iteration: 1, round: 2, rawReward: -1 / 3, reward: 1 - 1 / 3 },
  ]);
});

test('generation runs ahead of training by prefetchRounds, and never further', async () => {
  const { release, reached } = world.hold({ step: 'trainPolicy', round: 1 });
  const generated = () => world.calls.filter(({ step }) => step === 'generateCompletions').map(({ round }) => round);
  const handle = await world.start({ roundsPerIteration: 6, durability: { ...durability, prefetchRounds: 2 } });
  await reached();
  await until(() => generated().includes(3));
  await pause(300);
  expect(generated().sort()).toEqual([1, 2, 3]);
  release();
  await handle.result();
  world.calls.forEach(({ step, round }, index) => {
    if (step !== 'generateCompletions') return;
    const updated = names(world.calls.slice(0, index)).filter((name) => name === 'updateBandit').length;
    expect(round).toBeLessThanOrEqual(updated + 1 + 2);
  });
  expect(generated().sort()).toEqual([1, 2, 3, 4, 5, 6]);
});

test('continuing as new changes nothing', async () => {
  const shape = { iterations: 2, roundsPerIteration: 3 };
  const undisturbed = await world.run(shape);
  const cut = { ...durability, prefetchRounds: 1, roundsPerRun: 2, iterationsPerRun: 1 };
  const handle = await world.start({ ...shape, durability: cut });
  // The event log and what refers to it name the campaign, which is another one here.
  const named = { eventLog: expect.anything(), checkpoints: expect.anything() };
  expect(await handle.result()).toEqual({ ...undisturbed, ...named });
  expect(undisturbed.totals.rounds).toBe(6);
  for (const workflowId of [handle.workflowId, `${handle.workflowId}/it-02`]) {
    const { events } = await world.client().workflow.getHandle(workflowId).fetchHistory();
    expect(events![0]!.workflowExecutionStartedEventAttributes!.continuedExecutionRunId).toMatch(/./);
  }
});

test('a round without pairs trains nothing and teaches the bandit nothing', async () => {
  world.control.withoutPairs.add(2);
  const handle = await world.start({ roundsPerIteration: 3 });
  const result = await handle.result();
  const rounds = (name: string) => world.calls.filter(({ step }) => step === name).map(({ round }) => round);
  expect(rounds('trainPolicy')).toEqual([1, 3]);
  expect(world.log(result.banditLog).observations).toHaveLength(2);
  expect(result.totals).toMatchObject({ rounds: 3, skippedRounds: 1 });
  const recent = await world.client().workflow.getHandle(`${handle.workflowId}/it-01`).query(recentRoundsQuery);
  expect(recent.map(({ round, loss, banditReward, pairs }) => [round, loss, banditReward, pairs])).toEqual([
    [1, 1 / 2, 1 / 2, 4],
    [2, null, null, 0],
    [3, 1 / 4, 3 / 4, 4],
  ]);
});

test('an alarm of the guard is an event, told once, and the bandit acts on it', async () => {
  world.control.alarms = (iteration, round) => (iteration === 1 && round === 2 ? ['rm-a misleads'] : []);
  const handle = await world.start({ iterations: 2, durability: { ...durability, roundsPerRun: 1 } });
  const result = await handle.result();
  const { recentEvents } = await handle.query(campaignStateQuery);
  const told = recentEvents.filter(({ type }) => type === 'rewardMisleads');
  expect(told).toMatchObject([{ iteration: 1, by: null, message: 'rm-a misleads' }]);
  expect(world.log(result.banditLog)).toMatchObject({ alarmIn: { iteration: 1, round: 2 } });
});

test('a selection that learns beforehand: every reward model scores the labelled preferences once, before the bandit begins', async () => {
  const labelledPreferences = { sha256: '3'.repeat(64), bytes: 1, mediaType: 'application/jsonl' };
  const l2 = 0.01;
  const selection = { type: 'classifier', granularity: 'round', contextScaling: 'centred', labelled: 'l', l2 } as const;
  const result = await world.run({ selection, labelledPreferences });
  const steps = names(world.calls);
  const begun = steps.slice(steps.indexOf('fitContextScaling'), steps.indexOf('drawPromptBatches'));
  expect(begun.slice(1, 4).sort()).toEqual(['embedLabelled', 'scoreLabelled', 'scoreLabelled']);
  expect(begun.slice(4)).toEqual(['learnSelection', 'createBandit']);
  expect(world.log(result.banditLog)).toMatchObject({ learned: { bytes: expect.any(Number) } });
});

test('held-out accuracy is told to the bandit after each measurement, where its reward is made of it', async () => {
  const handle = await world.start({ iterations: 2, banditReward: { type: 'heldOutGain' } });
  const result = await handle.result();
  expect(world.called({ step: 'creditEvaluation' })).toHaveLength(2);
  expect(world.log(result.banditLog)).toMatchObject({ credited: [1, 2] });
  const { recentEvents } = await handle.query(campaignStateQuery);
  expect(recentEvents.filter(({ type }) => type === 'rewardMisleads').map(({ iteration }) => iteration)).toEqual([
    1, 2,
  ]);
  await world.run();
  expect(world.called({ step: 'creditEvaluation' })).toHaveLength(2);
});

test('a failure for good ends the campaign, and says at which step and why', async () => {
  world.control.hook = ({ step, round }) => {
    if (step === 'trainPolicy' && round === 2)
      throw ApplicationFailure.nonRetryable('loss is NaN', failureTypes.nonFiniteLoss);
  };
  const handle = await world.start({ roundsPerIteration: 3 });
  const error = await rejection<Error>(handle.result());
  const chain: unknown[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) chain.push(cause);
  expect(chain).toMatchObject([
    { name: 'WorkflowFailedError' },
    { name: 'ApplicationFailure', type: campaignFailed },
    { name: 'ChildWorkflowFailure' },
    { name: 'ActivityFailure', activityId: 'i01-r0002-train' },
    { name: 'ApplicationFailure', type: failureTypes.nonFiniteLoss, message: 'loss is NaN' },
  ]);
  expect(names(world.calls).filter((step) => step === 'trainPolicy')).toHaveLength(2);
  const paragraph = describeFailure(handle.workflowId.replace(/^laser-/, ''), error);
  expect(paragraph).toMatch(
    /^Campaign test-\d+ failed in iteration 1, round 2, while training: loss is NaN \(NonFiniteLoss\)\. What to do: Lower training/,
  );
  expect((error.cause as Error).message).toBe(paragraph);
  const state = await handle.query(campaignStateQuery);
  expect(state).toMatchObject({
    phase: 'failed',
    failure: { step: 'train', iteration: 1, round: 2, rewardModelId: null, type: 'NonFiniteLoss' },
  });
  expect(state.recentEvents.at(-1)).toMatchObject({
    ...{ type: 'failed', iteration: 1, message: expect.stringMatching(/failed at train with NonFiniteLoss\.$/) },
  });
  const metadata = await handle.query<{ currentDetails?: string }, []>('__temporal_workflow_metadata');
  expect(metadata.currentDetails).toContain(paragraph);
});

test('a failure that passes is tried again', async () => {
  let failures = 0;
  world.control.hook = ({ step }) => {
    if (step !== 'scoreCompletions' || (failures += 1) > 1) return;
    throw ApplicationFailure.create({ message: 'starting', type: failureTypes.serverUnavailable, nextRetryDelay: 50 });
  };
  expect(await world.run()).toMatchObject({ status: 'finished', totals: { rounds: 2 } });
  expect(failures).toBe(3);
});

test('activity ids name iteration, round, step and reward model', async () => {
  const handle = await world.start({ iterations: 2 });
  await handle.result();
  const idsOf = async (workflowId: string) => {
    const { events } = await world.client().workflow.getHandle(workflowId).fetchHistory();
    return events!.flatMap(({ activityTaskScheduledEventAttributes: event }) =>
      event?.activityId ? [event.activityId] : [],
    );
  };
  expect(await idsOf(handle.workflowId)).toEqual([
    'event-1-started',
    ...['i00-draw-probes', 'i00-fingerprint', 'i00-publish', 'i00-evaluate', 'i00-fit-context-scaling'],
    ...['i01-fingerprint', 'i01-publish', 'i01-evaluate', 'event-2-iterationFinished'],
    ...['i02-fingerprint', 'i02-publish', 'i02-evaluate', 'event-3-iterationFinished', 'event-4-finished'],
  ]);
  expect(await idsOf(`${handle.workflowId}/it-02`)).toEqual([
    'i02-draw-prompt-batches',
    ...['i02-r0001-embed', 'i02-r0001-generate', 'i02-r0001-score-rm-a', 'i02-r0001-train'],
    ...['i02-r0002-embed', 'i02-r0002-generate', 'i02-r0002-score-rm-b', 'i02-r0002-train'],
  ]);
});
