import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { readJournal, type RunningCampaign } from './running-campaign';

const pollMilliseconds = 10;
const timeoutMs = 120_000;
/** PENDING_ACTIVITY_STATE_STARTED */
const startedState = 2;

/** Polls until the condition gives something. */
export async function until<T>(what: string, condition: () => Promise<T | null | false>): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const value = await condition();
    if (value !== null && value !== false) return value;
    await delay(pollMilliseconds);
  }
  throw new Error(`It never came to this: ${what}`);
}

/** Whether a worker has an activity of this type in hand, in the campaign itself or in one of its iterations. */
export async function underWay(
  { client, handle }: RunningCampaign,
  activityType: string,
  iteration?: number,
): Promise<boolean> {
  const id = iteration === undefined ? handle.workflowId : `${handle.workflowId}/it-0${iteration}`;
  try {
    const { raw } = await client.workflow.getHandle(id).describe();
    return (raw.pendingActivities ?? []).some(
      ({ activityType: type, state }) => type?.name === activityType && Number(state) === startedState,
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Whether a campaign has an activity of its first iteration behind it, and still runs. */
export async function isInTheMiddle({ client, handle }: RunningCampaign): Promise<boolean> {
  try {
    const iteration = client.workflow.getHandle(`${handle.workflowId}/it-01`);
    await iteration.describe();
    const { events } = await iteration.fetchHistory();
    const isBegun = (events ?? []).some((event) => event.activityTaskCompletedEventAttributes);
    return isBegun && (await handle.describe()).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** How often a step was finished so far in an iteration. */
export async function finished(
  campaign: Pick<RunningCampaign, 'store'>,
  step: string,
  iteration: number,
): Promise<number> {
  return (await readJournal(campaign.store)).filter((line) => line.step === step && line.label.iteration === iteration)
    .length;
}

export function signalServices(
  { runtime }: Pick<RunningCampaign, 'runtime'>,
  signal: NodeJS.Signals,
  names: (name: string) => boolean,
): void {
  for (const service of runtime.services) {
    if (names(service.name) && service.pid !== undefined) process.kill(service.pid, signal);
  }
}

/** Ends every worker process at once, without a chance to say goodbye. The runtime starts them again. */
export function killWorkers(campaign: Pick<RunningCampaign, 'runtime'>): void {
  signalServices(campaign, 'SIGKILL', (name) => name.endsWith('-worker'));
}
