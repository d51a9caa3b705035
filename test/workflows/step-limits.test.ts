import { ApplicationFailure } from '@temporalio/common';
import { failureTypes } from '../../contract/failure-types';
import { durability, useWorkflowWorld, type CampaignHandle } from './workflow-world';

const world = useWorkflowWorld();
const quick = { initialIntervalSeconds: 0.02, maximumIntervalSeconds: 0.03, backoffCoefficient: 1.5 };
const steps = {
  ...durability.steps,
  score: { ...durability.steps.score, ...quick, maximumAttempts: 3, heartbeatTimeoutSeconds: 7 },
  evaluate: { ...durability.steps.evaluate, startToCloseTimeoutSeconds: 45 },
};

async function scheduled(handle: CampaignHandle, activityType: string) {
  const runs = [handle.workflowId, `${handle.workflowId}/it-01`];
  const histories = await Promise.all(runs.map((id) => world.client().workflow.getHandle(id).fetchHistory()));
  const found = histories
    .flatMap(({ events }) => events ?? [])
    .map(({ activityTaskScheduledEventAttributes: event }) => event)
    .find((event) => event?.activityType?.name === activityType);
  const seconds = (value?: { seconds?: unknown; nanos?: number | null } | null) =>
    Number(value?.seconds ?? 0) + (value?.nanos ?? 0) / 1e9;
  return {
    attempts: found?.retryPolicy?.maximumAttempts,
    backoff: found?.retryPolicy?.backoffCoefficient,
    first: seconds(found?.retryPolicy?.initialInterval),
    longest: seconds(found?.retryPolicy?.maximumInterval),
    oneAttempt: seconds(found?.startToCloseTimeout),
    heartbeat: seconds(found?.heartbeatTimeout),
    input: Buffer.from(found?.input?.payloads?.[0]?.data ?? []).toString(),
  };
}

test('each kind of step has the limits of the campaign file, and none of them is an input of the step', async () => {
  const handle = await world.start({ durability: { ...durability, steps } });
  await handle.result();
  expect(await scheduled(handle, 'scoreCompletions')).toMatchObject({
    ...{ attempts: 3, first: 0.02, longest: 0.03, backoff: 1.5, oneAttempt: 7200, heartbeat: 7 },
  });
  expect(await scheduled(handle, 'evaluatePolicy')).toMatchObject({ attempts: 100, oneAttempt: 45, heartbeat: 30 });
  expect(await scheduled(handle, 'trainPolicy')).toMatchObject({ attempts: 8, oneAttempt: 21_600, heartbeat: 30 });
  expect(await scheduled(handle, 'publishPolicy')).toMatchObject({ attempts: 100, first: 1, longest: 60, backoff: 2 });
  expect(await scheduled(handle, 'drawPromptBatches')).toMatchObject({ attempts: 20, longest: 30, heartbeat: 30 });
  for (const step of [
    'generateCompletions',
    'scoreCompletions',
    'trainPolicy',
    'evaluatePolicy',
    'drawPromptBatches',
  ]) {
    const { input } = await scheduled(handle, step);
    expect(input).toContain('label');
    expect(input).not.toMatch(/durability|maximumAttempts|TimeoutSeconds/);
  }
});

test('a passing failure ends the campaign after maximumAttempts', async () => {
  world.control.hook = ({ step }) => {
    if (step !== 'scoreCompletions') return;
    throw ApplicationFailure.create({ message: 'starting', type: failureTypes.serverUnavailable });
  };
  const handle = await world.start({ durability: { ...durability, steps } });
  await expect(handle.result()).rejects.toThrow();
  expect(world.called({ step: 'scoreCompletions' })).toHaveLength(3);
});

test('a campaign from before there were limits runs with the defaults', async () => {
  const { steps: _none, ...older } = durability;
  const handle = await world.start({ durability: older as typeof durability });
  await handle.result();
  expect(await scheduled(handle, 'trainPolicy')).toMatchObject({ attempts: 8, oneAttempt: 21_600, heartbeat: 30 });
});
