import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { readJournal, type RunningCampaign } from './running-campaign';

const pollMilliseconds = 10;
const timeoutMs = 120_000;
/** PENDING_ACTIVITY_STATE_STARTED */
const startedState = 2;

/** Polls until the condition gives something. */
export async function until<T>(
  what: string,
  condition: () => Promise<T | null | false>,
  withinMs = timeoutMs,
): Promise<T> {
  const deadline = Date.now() + withinMs;
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

interface Standing {
  isRunning: boolean;
  /** Activities behind it: of its preparation, and of its first iteration. */
  prepared: number;
  trained: number;
}

export async function standingOf({ client, handle }: RunningCampaign): Promise<Standing> {
  const done = async (workflowId: string) => {
    const workflow = client.workflow.getHandle(workflowId);
    try {
      await workflow.describe();
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 0;
      throw error;
    }
    const { events } = await workflow.fetchHistory();
    return (events ?? []).filter((event) => event.activityTaskCompletedEventAttributes).length;
  };
  const { status } = await handle.describe();
  const [prepared, trained] = [await done(handle.workflowId), await done(`${handle.workflowId}/it-01`)];
  return { isRunning: status.name === 'RUNNING', prepared, trained };
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
