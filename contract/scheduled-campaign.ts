import { z } from 'zod';
import type { ResolvedCampaign } from './campaign-run';
import type { CampaignStart } from './campaign-start';
import { plainId } from './reward-model';

/** `start`: every run trains from the campaign file’s policy. `latest`: from the newest good run’s policy and bandit. */
export const continueFrom = z.enum(['start', 'latest']);
export type ContinueFrom = z.infer<typeof continueFrom>;

/** One run of a schedule, as its workflow knows it. */
export const scheduledRun = z.strictObject({
  scheduleId: plainId,
  file: z.string().min(1).describe('Absolute path of the campaign file; the control workers read it at each run.'),
  seed: z.int().nonnegative().optional(),
  scheduledTime: z.iso.datetime().describe('Fills {date} and {time} in the data’s paths.'),
  continueFrom,
  gate: z
    .boolean()
    .describe('A run that ends significantly worse than it started is marked, and none goes on from it.'),
});
export type ScheduledRun = z.infer<typeof scheduledRun>;

/** What a schedule starts its workflows with. */
export interface ScheduledCampaignInput extends Omit<ScheduledRun, 'scheduledTime'> {
  /** The Temporal namespace knows our search attributes. */
  searchable: boolean;
}

/** A scheduled run as a campaign. */
export interface ResolvedScheduledRun {
  campaign: ResolvedCampaign;
  /** null: from the campaign file’s policy, with an empty bandit. */
  start: CampaignStart | null;
}
