import { WorkflowFailedError } from '@temporalio/client';
import {
  ActivityFailure,
  ApplicationFailure,
  ChildWorkflowFailure,
  RetryState,
  TerminatedFailure,
  TimeoutFailure,
  TimeoutType,
} from '@temporalio/common';
import { describeFailure } from '../../cli/describe-failure';

const hint = 'Every finished step is kept: mend the cause and run the same command again.';

function failedCampaign(cause: Error): Error {
  return new WorkflowFailedError('Workflow execution failed', cause, RetryState.NON_RETRYABLE_FAILURE);
}

function failedStep(cause: Error): Error {
  const activity = new ActivityFailure(
    'Activity task failed',
    'trainPolicy',
    'i02-r0003-train',
    RetryState.TIMEOUT,
    'w',
    cause,
  );
  const execution = { workflowId: 'laser-small/it-02', runId: 'run' };
  return failedCampaign(
    new ChildWorkflowFailure('default', execution, 'iterationWorkflow', RetryState.TIMEOUT, activity),
  );
}

test('the step, the iteration, the reason and its type', () => {
  const error = failedStep(ApplicationFailure.nonRetryable('8 GiB asked, 7 GiB there', 'OutOfMemory'));
  expect(describeFailure('small', error)).toBe(
    `Campaign small failed at step i02-r0003-train of laser-small/it-02: 8 GiB asked, 7 GiB there (OutOfMemory)\n${hint}`,
  );
});

test('a worker that fell silent', () => {
  const error = failedStep(new TimeoutFailure('activity Heartbeat timeout', undefined, TimeoutType.HEARTBEAT));
  expect(describeFailure('small', error)).toContain('train of laser-small/it-02: activity Heartbeat timeout\n');
});

test('a campaign that somebody ended', () => {
  expect(describeFailure('small', failedCampaign(new TerminatedFailure('terminated by hand')))).toBe(
    `Campaign small failed: terminated by hand\n${hint}`,
  );
});

test('what is no error is told all the same', () => {
  expect(describeFailure('small', 'odd')).toBe(`Campaign small failed: odd\n${hint}`);
});
