import { scheduledRun, type ResolvedScheduledRun, type ScheduledRun } from '../contract/scheduled-campaign';
import type { ActivityDependencies } from './dependencies';

/**
 * What a run of a schedule trains, from what: the campaign file as it is now, the data of the run's own time, and the
 * newest good run's policy and bandit where the schedule goes on from it.
 */
export async function resolveScheduledCampaign(
  dependencies: ActivityDependencies,
  raw: ScheduledRun,
): Promise<ResolvedScheduledRun> {
  const run = scheduledRun.parse(raw);
  if (!dependencies.resolveScheduledCampaign) {
    throw new Error('This worker reads no campaign files; scheduled campaigns need `laser worker control`.');
  }
  return dependencies.resolveScheduledCampaign(run);
}
