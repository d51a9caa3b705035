import type { CampaignFailure, FailedAttempts } from './campaign-failure';
import { kindOfActivity, type StepKind, type StepLimits } from './default-step-limits';
import { campaignFailed } from './failure-types';
import { failures, type FailureMeaning } from './failures';
import type { PromptSplit } from './prompt-split';

/** What the engine's errors say of themselves. By name: their classes differ between processes and copies of a module. */
interface EngineError {
  name?: string;
  message?: string;
  type?: string | null;
  details?: unknown[] | null;
  activityId?: string;
  activityType?: string;
  retryState?: string;
  timeoutType?: string;
  execution?: { workflowId?: string };
  cause?: unknown;
}

const longestMessage = 700;
const stepId = /^i(\d+)-(?:r(\d+)-)?(.+)$/;
const chunkStepId = /^(learn|test)-(?:c(\d+)-)?(.+)$/;
const iterationId = /\/it-(\d+)$/;
const timeouts: Record<string, string> = { HEARTBEAT: 'HeartbeatTimeout', START_TO_CLOSE: 'StartToCloseTimeout' };

const further: Record<string, string> = {
  HeartbeatTimeout:
    'The worker fell silent: look at its log, and at the kernel’s for a process killed for memory; start it again.',
  StartToCloseTimeout:
    'One attempt took longer than allowed: raise startToCloseTimeoutSeconds of the step under durability.steps, or ask for less at once.',
  Terminated: 'Somebody ended it by hand; run the same file again to go on.',
  Cancelled: 'Somebody cancelled it; run the same file again to go on.',
};
const unforeseen =
  'Nobody foresaw this error: look at the log of the worker that did the step (.laser/logs), and report it.';

/**
 * Why a campaign failed, from the chain of errors with which its workflow ended. Pure, and without the engine's modules:
 * the workflow, the command line and the report all read the same chain. What the workflow found out itself stands in it
 * and is taken as it is.
 * @param steps of the campaign: they say how often a step was tried whose worker fell silent.
 */
export function readFailure(error: unknown, steps?: Record<StepKind, StepLimits>): CampaignFailure {
  const chain = causesOf(error);
  const known = chain.find(({ type }) => type === campaignFailed)?.details?.[0];
  if (known !== undefined) return known as CampaignFailure;
  const activityAt = chain.findIndex(({ name }) => name === 'ActivityFailure');
  const activity = chain[activityAt];
  // Behind an activity's own failure there may be the exception it was made of; what counts is the first.
  const reason = (activityAt >= 0 ? chain[activityAt + 1] : undefined) ?? endOf(chain);
  const tried = attemptsOf(reason);
  const type = typeOf(reason);
  return {
    ...placeOf(activity, chain, tried),
    type,
    message: briefly(reason.message ?? ''),
    attempts: tried?.attempts ?? allAttempts(activity, steps),
    seconds: tried?.seconds ?? null,
    whatToDo: (failures as Record<string, FailureMeaning>)[type]?.whatToDo ?? further[type] ?? unforeseen,
  };
}

function causesOf(error: unknown): EngineError[] {
  const chain: EngineError[] = [];
  for (let next = error; next !== undefined && next !== null; next = (next as EngineError).cause) {
    chain.push(typeof next === 'object' ? next : { message: `${next as string}` });
  }
  return chain;
}

/** Where no step failed: the first error that says what happened to the campaign itself. */
function endOf(chain: EngineError[]): EngineError {
  const wrappers = new Set(['WorkflowFailedError', 'ChildWorkflowFailure', 'ActivityFailure']);
  return chain.find(({ name }) => !wrappers.has(name ?? '')) ?? chain.at(-1) ?? { message: 'no reason was given' };
}

function placeOf(activity: EngineError | undefined, chain: EngineError[], tried: FailedAttempts | null) {
  const [, split, chunk, step] = chunkStepId.exec(activity?.activityId ?? '') ?? [];
  if (split !== undefined && step !== undefined) {
    const rewardModelId = /^score-(.+)$/.exec(step)?.[1] ?? null;
    return {
      ...{ step: rewardModelId === null ? step : 'score', iteration: null, round: null, rewardModelId },
      chunk: { split: split as PromptSplit, number: numberOf(chunk) },
    };
  }
  const [, iteration, round, name] = stepId.exec(activity?.activityId ?? '') ?? [];
  const child = chain.map(({ execution }) => iterationId.exec(execution?.workflowId ?? '')?.[1]).find(Boolean);
  const rewardModelId = /^score-(.+)$/.exec(name ?? '')?.[1] ?? null;
  return {
    step: activity === undefined ? null : rewardModelId !== null ? 'score' : (name ?? activity.activityType ?? null),
    iteration: numberOf(iteration) ?? tried?.iteration ?? numberOf(child),
    round: numberOf(round) ?? (tried?.round || null),
    rewardModelId,
  };
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}

function typeOf({ name, type, timeoutType }: EngineError): string {
  if (name === 'TimeoutFailure') return timeouts[timeoutType ?? ''] ?? 'Timeout';
  return type ?? name?.replace(/Failure$/, '') ?? 'Error';
}

function attemptsOf({ details }: EngineError): FailedAttempts | null {
  const first = details?.[0] as Partial<FailedAttempts> | null | undefined;
  return typeof first?.attempts === 'number' && typeof first.seconds === 'number' ? (first as FailedAttempts) : null;
}

function allAttempts(activity: EngineError | undefined, steps?: Record<StepKind, StepLimits>): number | null {
  const kind = kindOfActivity[activity?.activityType ?? ''];
  if (activity?.retryState !== 'MAXIMUM_ATTEMPTS_REACHED' || kind === undefined) return null;
  return steps?.[kind].maximumAttempts ?? null;
}

/** A stack trace of Python's says the reason in its last line. */
function briefly(message: string): string {
  const text = message.startsWith('Traceback') ? (message.trimEnd().split('\n').at(-1) ?? '') : message;
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= longestMessage) return line;
  const half = Math.floor(longestMessage / 2);
  return `${line.slice(0, half)} … ${line.slice(-half)}`;
}
