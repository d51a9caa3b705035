import { z } from 'zod';
import { plainId } from './reward-model';

const campaignChanges = z.record(z.string(), z.unknown()).default({});

const strategy = z.strictObject({
  name: plainId.describe('Its campaigns are <comparison>-<strategy>-s<seed>.'),
  changes: campaignChanges.describe('Keys of a campaign file, laid over the base.'),
});

/**
 * A comparison file. Changes are laid over the base key by key; a list replaces the list, and a mapping that names another
 * `type` replaces the whole mapping, as the keys of the old type mean nothing to the new one.
 */
export const comparison = z
  .strictObject({
    name: plainId.describe('The Temporal workflow is laser-<name>.'),
    base: z.string().min(1).describe('Campaign file, relative to this file.'),
    changes: campaignChanges.describe('To the base, for all strategies: keys of a campaign file.'),
    strategies: z.array(strategy).min(1),
    seeds: z
      .array(
        z
          .int()
          .nonnegative()
          .max(2 ** 31 - 1),
      )
      .min(1)
      .describe('Every strategy runs with each. Five or more for a claim.'),
    quality: z
      .record(z.string(), z.record(z.string(), z.number()))
      .optional()
      .describe(
        'How good each reward model is, by category, e.g. pairwise accuracy on labelled pairs. With it, the result says how well each bandit reward tells the best from the others.',
      ),
    reference: plainId.describe('Name of the strategy that the others are compared with.'),
    concurrency: z
      .int()
      .positive()
      .max(100)
      .default(2)
      .describe(
        'Campaigns side by side. Those of one seed run one after the other, as they share steps, so more than there are seeds changes nothing.',
      ),
    campaignsPerRun: z
      .int()
      .positive()
      .default(50)
      .describe('The workflow continues as new after so many campaigns, or earlier if Temporal suggests it.'),
  })
  .superRefine(({ name, strategies, seeds, reference }, check) => {
    const names = strategies.map((one) => one.name);
    for (const [index, own] of names.entries()) {
      const path = ['strategies', index, 'name'];
      if (names.indexOf(own) !== index) {
        check.addIssue({ code: 'custom', path, message: `"${own}" is used twice; give each strategy its own name` });
      }
      const length = `${name}-${own}`.length;
      if (length > 63) {
        check.addIssue({
          code: 'custom',
          path,
          message: `with the comparison’s name it has ${length} characters; shorten one to 63 in all`,
        });
      }
    }
    for (const [index, seed] of seeds.entries()) {
      if (seeds.indexOf(seed) === index) continue;
      check.addIssue({ code: 'custom', path: ['seeds', index], message: `${seed} is there twice; take one out` });
    }
    if (!names.includes(reference)) {
      const message = `"${reference}" is none of the strategies (${names.join(', ')})`;
      check.addIssue({ code: 'custom', path: ['reference'], message });
    }
  });
export type Comparison = z.infer<typeof comparison>;
