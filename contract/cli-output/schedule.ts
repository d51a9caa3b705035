import { z } from 'zod';
import { continueFrom } from '../scheduled-campaign';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

const runOfSchedule = z.strictObject({
  campaignId: z.string(),
  scheduled: z.iso.datetime().describe('When it was due.'),
  status: z.enum(['running', 'finished', 'regressed', 'stopped', 'failed', 'cancelled', 'forgotten']),
  continuedFrom: z.string().nullable().describe('The campaign whose policy and bandit it went on from.'),
  accuracy: z.strictObject({ before: share, after: share }).nullable().describe('Held-out accuracy.'),
  failure: z.string().nullable(),
});

/** `laser schedule create|update|describe --json` */
export const scheduleOutput = z.strictObject({
  scheduleId: z.string(),
  file: z.string(),
  seed: count.nullable().describe('null: the campaign file’s.'),
  continueFrom,
  gate: z.boolean(),
  times: z.array(z.string()),
  timeZone: z.string(),
  jitterSeconds: z.number().nonnegative(),
  overlap: z.string(),
  catchUpSeconds: z.number().nonnegative(),
  pauseOnFailure: z.boolean(),
  paused: z.boolean(),
  note: z.string().nullable(),
  next: z.array(z.iso.datetime()),
  started: count,
  skipped: count,
  missed: count,
  runs: z.array(runOfSchedule).describe('Newest first, at most ten; empty for create and update.'),
});
export type ScheduleOutput = z.infer<typeof scheduleOutput>;

/** `laser schedule list --json` */
export const scheduleListOutput = z.array(
  z.strictObject({
    scheduleId: z.string(),
    times: z.array(z.string()),
    paused: z.boolean(),
    next: z.iso.datetime().nullable(),
    last: z.string().nullable().describe('Campaign id of the newest run.'),
  }),
);
export type ScheduleList = z.infer<typeof scheduleListOutput>;

/** `laser schedule pause|unpause|trigger|backfill|delete --json` */
export const scheduleActionOutput = z.strictObject({ scheduleId: z.string(), message: z.string().min(1) });
export type ScheduleAction = z.infer<typeof scheduleActionOutput>;
