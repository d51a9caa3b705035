import { z } from 'zod';

/** A key of the campaign file that has another value than in the campaign's newest run; null where it is absent. */
export const configurationChange = z.strictObject({ key: z.string(), from: z.json(), to: z.json() });
export type ConfigurationChange = z.infer<typeof configurationChange>;

/** A step and what becomes of its recorded results, before the first iteration is trained and after. */
export const stepForecast = z.strictObject({
  step: z.string().describe('Activity name.'),
  first: z.enum(['reused', 'whereInputDiffers', 'again']).describe('In iteration 1; for a policy: of policy 0.'),
  later: z.enum(['reused', 'whereInputDiffers', 'again']),
});
export type StepForecast = z.infer<typeof stepForecast>;

/** `laser run --dry-run --json` */
export const configurationDifference = z.strictObject({
  campaignId: z.string(),
  newestRun: z
    .strictObject({ runId: z.string(), status: z.string(), started: z.iso.datetime() })
    .nullable()
    .describe('null: the campaign never ran, or was forgotten.'),
  changes: z.array(configurationChange),
  steps: z.array(stepForecast),
});
export type ConfigurationDifference = z.infer<typeof configurationDifference>;
