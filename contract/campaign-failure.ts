import { z } from 'zod';
import { promptSplit } from './prompt-split';

/** Why a campaign failed, in parts; `tellFailure` makes a paragraph of it. */
export const campaignFailure = z.strictObject({
  step: z.string().nullable().describe('As in the activity id, e.g. publish; null where no step failed.'),
  iteration: z.int().nonnegative().nullable(),
  round: z.int().positive().nullable().describe('null outside of rounds.'),
  rewardModelId: z.string().nullable().describe('Of a step that asks one.'),
  chunk: z
    .strictObject({ split: promptSplit, number: z.int().positive().nullable() })
    .optional()
    .describe('Of a best-of-n: which prompts, and which chunk of them; null: outside of chunks.'),
  type: z
    .string()
    .describe(
      'One of contract/failures.ts; else HeartbeatTimeout, StartToCloseTimeout, Terminated, Cancelled or an unforeseen error’s.',
    ),
  message: z.string().describe('In the words of the server or the step, cut to a few lines.'),
  attempts: z.int().positive().nullable().describe('null where nobody counted.'),
  seconds: z.number().nonnegative().nullable().describe('From the first attempt to the end of the last.'),
  whatToDo: z.string(),
});
export type CampaignFailure = z.infer<typeof campaignFailure>;

/** What an activity tells of its attempts with its failure, as the first of an ApplicationFailure’s details. */
export interface FailedAttempts {
  attempts: number;
  seconds: number;
  /** Where in the campaign, for steps whose id does not say it. */
  iteration?: number;
  round?: number;
}
