import { WorkflowFailedError } from '@temporalio/client';
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  RetryState,
  TerminatedFailure,
  TimeoutFailure,
  TimeoutType,
} from '@temporalio/common';
import { defaultStepLimits } from '../../contract/default-step-limits';
import { campaignFailed, failureTypes } from '../../contract/failure-types';
import { failures } from '../../contract/failures';
import { readFailure } from '../../contract/read-failure';
import { tellFailure } from '../../contract/tell-failure';

function failedCampaign(cause: Error): Error {
  return new WorkflowFailedError('Workflow execution failed', cause, RetryState.NON_RETRYABLE_FAILURE);
}

function failedStep(cause: Error, activityId = 'i02-r0003-score-rm-sum', activityType = 'scoreCompletions'): Error {
  const { MAXIMUM_ATTEMPTS_REACHED: state } = RetryState;
  const activity = new ActivityFailure('Activity task failed', activityType, activityId, state, 'worker', cause);
  const execution = { workflowId: 'laser-small/it-02', runId: 'run' };
  return failedCampaign(new ChildWorkflowFailure('default', execution, 'iterationWorkflow', state, activity));
}

function unavailable(details: unknown[] = []): ApplicationFailure {
  const message = 'POST http://rm:8000/classify answered 503: starting. The server is overloaded or starting.';
  return ApplicationFailure.create({ message, type: failureTypes.serverUnavailable, details });
}

test('what failed, where, why, what was tried and what to do, in one paragraph', () => {
  const failure = readFailure(failedStep(unavailable([{ attempts: 100, seconds: 5520 }])));
  expect(failure).toMatchObject({
    ...{ step: 'score', iteration: 2, round: 3, rewardModelId: 'rm-sum', attempts: 100, seconds: 5520 },
    ...{ type: 'ServerUnavailable', whatToDo: failures.ServerUnavailable.whatToDo },
  });
  expect(tellFailure('small', failure)).toBe(
    'Campaign small failed in iteration 2, round 3, while scoring with rm-sum: ' +
      'POST http://rm:8000/classify answered 503: starting. The server is overloaded or starting. (ServerUnavailable). ' +
      'It was tried 100 times over 92 min. ' +
      'What to do: Start the server and look at its log; if it needs longer, raise maximumAttempts of the step under durability.steps. ' +
      'Every finished step is kept: run the same command again, and it goes on at the step that failed.',
  );
});

test('a permanent failure is tried once', () => {
  const refused = ApplicationFailure.create({
    message: 'LoRA rank 16 is greater than max_lora_rank 8.',
    type: failureTypes.adapterRefused,
    details: [{ attempts: 1, seconds: 0.2 }],
  });
  const failure = readFailure(failedStep(refused, 'i01-publish', 'publishPolicy'));
  expect(failure).toMatchObject({ step: 'publish', iteration: 1, round: null, rewardModelId: null, attempts: 1 });
  expect(tellFailure('small', failure)).toMatch(
    /^Campaign small failed in iteration 1, while publishing the policy: LoRA rank 16 is greater than max_lora_rank 8\. \(AdapterRefused\)\. It was tried once: trying again cannot mend it\. What to do: Start the server with --max-lora-rank/,
  );
});

test('a worker that fell silent: as often as the campaign allows', () => {
  const silent = new TimeoutFailure('activity Heartbeat timeout', undefined, TimeoutType.HEARTBEAT);
  const error = failedStep(silent, 'i02-r0003-train', 'trainPolicy');
  expect(readFailure(error, defaultStepLimits)).toMatchObject({ type: 'HeartbeatTimeout', step: 'train', attempts: 8 });
  expect(readFailure(error)).toMatchObject({ attempts: null, whatToDo: expect.stringContaining('fell silent') });
});

test('an attempt that took too long', () => {
  const slow = new TimeoutFailure('activity StartToClose timeout', undefined, TimeoutType.START_TO_CLOSE);
  expect(readFailure(failedStep(slow))).toMatchObject({
    type: 'StartToCloseTimeout',
    whatToDo: expect.stringContaining('startToCloseTimeoutSeconds'),
  });
});

test('a step without iteration and round in its id tells them itself', () => {
  const details = [{ attempts: 1, seconds: 0, iteration: 2, round: 7 }];
  const corrupt = ApplicationFailure.create({ message: 'bytes', type: failureTypes.artifactCorrupt, details });
  expect(readFailure(failedStep(corrupt, '12', 'updateBandit'))).toMatchObject({
    ...{ step: 'updateBandit', iteration: 2, round: 7, type: 'ArtifactCorrupt' },
  });
});

test('the exception that a failure was made of does not hide it', () => {
  const cause = ApplicationFailure.create({ message: 'loss is nan', type: 'TrainerFailure' });
  const failure = ApplicationFailure.create({ message: 'loss is nan', type: failureTypes.nonFiniteLoss, cause });
  expect(readFailure(failedStep(failure))).toMatchObject({ type: 'NonFiniteLoss' });
});

test('what the workflow found out stands', () => {
  const found = readFailure(failedStep(unavailable()));
  const cause = failedStep(unavailable([{ attempts: 2, seconds: 1 }]));
  const ended = ApplicationFailure.create({ message: 'told', type: campaignFailed, details: [found], cause });
  expect(readFailure(failedCampaign(ended))).toEqual(found);
});

test.each([
  [
    new TerminatedFailure('terminated by hand'),
    'Terminated',
    /^Campaign small failed: terminated by hand \(Terminated\)\. What to do: Somebody ended it/,
  ],
  [new CancelledFailure('cancelled'), 'Cancelled', /Somebody cancelled it/],
  [ApplicationFailure.create({ message: 'odd', type: 'ENOSPC' }), 'ENOSPC', /Nobody foresaw this error/],
])('a campaign that ended without a failed step: %s', (cause, type, paragraph) => {
  const failure = readFailure(failedCampaign(cause));
  expect(failure).toMatchObject({ step: null, iteration: null, round: null, attempts: null, type });
  expect(tellFailure('small', failure)).toMatch(paragraph);
});

test('what is no error is told all the same', () => {
  expect(tellFailure('small', readFailure('odd'))).toMatch(/^Campaign small failed: odd \(Error\)\. /);
  expect(readFailure(undefined)).toMatchObject({ message: 'no reason was given' });
});

test('long words are cut, and of a stack trace its reason is kept; a paragraph has no line breaks', () => {
  const long = ApplicationFailure.create({ message: `first ${'x\n'.repeat(5000)} last`, type: 'Odd' });
  const { message } = readFailure(failedStep(long));
  expect(message.length).toBeLessThan(750);
  expect(message).toMatch(/^first .* last$/);
  const trace = 'Traceback (most recent call last):\n  File "a.py", line 1\nValueError: a is b\n';
  expect(readFailure(failedStep(ApplicationFailure.create({ message: trace }))).message).toBe('ValueError: a is b');
});

test('every type of failure says what to do, in sentences of its own', () => {
  const advice = Object.values(failures).map(({ whatToDo }) => whatToDo);
  expect(Object.keys(failures).sort()).toEqual(Object.values(failureTypes).sort());
  expect(new Set(advice).size).toBe(advice.length);
  for (const sentence of advice) expect(sentence).toMatch(/^[A-Z].*\.$/);
});
