import { z } from 'zod';
import { answerMetric, splitTotals } from './best-of-n-run';
import { estimate } from './comparison-result';

const count = z.int().nonnegative();

const row = z.strictObject({
  category: z.string().describe('"all" for all prompts together.'),
  prompts: z.int().positive().describe('With an answer.'),
  value: estimate.describe('Of the completions that are returned.'),
  first: estimate.describe('Of the first completions: n = 1.'),
  average: estimate.describe('Mean over the n completions: a pick at random.'),
  oracle: estimate.describe('Of the best of the n: the upper bound.'),
  overFirst: estimate.describe('value − first, paired by prompt.'),
  overAverage: estimate.describe('value − average, paired by prompt.'),
});
export type BestOfNRow = z.infer<typeof row>;

/** What `laser best-of-n` finds on the test prompts. */
export const bestOfNResult = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  selection: z.string().describe('selection.type'),
  completionsPerPrompt: z.int().positive().describe('n'),
  metric: answerMetric.shape.metric,
  statistics: z.strictObject({
    confidence: z.number(),
    shares: z.literal('Wilson').nullable().describe('Intervals of value, first and oracle; null: bootstrap too.'),
    means: z.literal('bootstrap over prompts within categories, percentile'),
    resamples: z.int().positive(),
  }),
  prompts: count,
  measured: count.describe('Prompts with an answer.'),
  rows: z.array(row).describe('A row a category, where there are several, and one for all. Empty: no answers.'),
  picks: z
    .record(z.string(), z.record(z.string(), z.int().positive()))
    .describe('Prompts by category and the reward model that picked. Empty where all were asked.'),
  learn: splitTotals.nullable().describe('null: nothing was learned before.'),
  test: splitTotals,
});
export type BestOfNResult = z.infer<typeof bestOfNResult>;
