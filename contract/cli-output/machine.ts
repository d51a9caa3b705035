import { z } from 'zod';

const count = z.int().nonnegative();

/** `laser doctor --json` */
export const doctorOutput = z.array(
  z.strictObject({
    part: z.string(),
    ok: z.boolean(),
    detail: z.string(),
    mend: z.string().optional().describe('What to do; only where it is not ok.'),
  }),
);

/** `laser up --json`: one line, once everything is up. */
export const upOutput = z.strictObject({
  pid: z.int().positive(),
  temporalAddress: z.string(),
  uiUrl: z.string().nullable(),
  modelServer: z.string().nullable(),
  models: z
    .record(z.string(), z.string())
    .describe('Folder of each model that the embedded server serves, by its name.'),
  rewardModels: z.array(z.string()).describe('Reward models that a worker here asks.'),
});
export type UpOutput = z.infer<typeof upOutput>;

/** `laser down --json` */
export const downOutput = z.strictObject({
  stopped: z.boolean().describe('false: nothing ran.'),
  pid: z.int().positive().nullable().describe('Process that was ended.'),
  message: z.string().min(1),
});
export type DownOutput = z.infer<typeof downOutput>;

/** `laser gc --json` */
export const gcOutput = z.strictObject({
  dryRun: z.boolean(),
  olderThanSeconds: z.number().nonnegative(),
  campaigns: count.describe('Listed campaigns whose artifacts are kept.'),
  kept: z.strictObject({ artifacts: count, bytes: count }),
  deleted: z.strictObject({
    artifacts: count,
    bytes: count,
    stepRecords: count,
    folders: count.describe('Adapters laid out as folders for servers.'),
    leftovers: count.describe('Files of killed writers, and what was put into quarantine.'),
  }),
});
export type GcOutput = z.infer<typeof gcOutput>;

/** `laser init --json` */
export const initOutput = z.strictObject({ file: z.string(), preset: z.string() });
export type InitOutput = z.infer<typeof initOutput>;
