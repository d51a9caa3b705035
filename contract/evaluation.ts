import { z } from 'zod';
import { artifactRef } from './artifact';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

export const categoryAccuracy = z.strictObject({
  category: z.string(),
  correct: z.int().nonnegative(),
  total: z.int().positive(),
});
export type CategoryAccuracy = z.infer<typeof categoryAccuracy>;

/** Greedy accuracy of one policy version on the held-out prompts. */
export const evaluationSummary = z.strictObject({
  iteration: z.int().nonnegative(),
  outcomes: artifactRef.describe('JSON lines of { promptId, category, correct }.'),
  byCategory: z.array(categoryAccuracy),
  seconds: z.number().nonnegative(),
});
export type EvaluationSummary = z.infer<typeof evaluationSummary>;

export const evaluationOutcome = z.strictObject({
  promptId: z.string(),
  category: z.string(),
  correct: z.boolean(),
  text: z.string(),
});

/** A share with its 95 % Wilson interval. */
const interval = z.strictObject({ value: share, low: share, high: share });
export type Interval = z.infer<typeof interval>;

/** Two policy versions on the same held-out prompts. */
export const evaluationComparison = z.strictObject({
  rows: z.array(z.strictObject({ category: z.string(), total: count, before: interval, after: interval })),
  pValue: share.describe('McNemar’s exact two-sided p over all held-out prompts.'),
});
export type EvaluationComparison = z.infer<typeof evaluationComparison>;

/** One link of the log of evaluations that a campaign no longer carries: the newest of them, and the log before it. */
export const evaluationLogLink = z.strictObject({ evaluation: evaluationSummary, previous: artifactRef.nullable() });
export type EvaluationLogLink = z.infer<typeof evaluationLogLink>;

/** What a campaign carries of its evaluations: few of them, so that it stays small over any number of iterations. */
export const carriedEvaluations = {
  evaluations: z.array(evaluationSummary).describe('The first and the newest, oldest first.'),
  earlierEvaluations: z
    .strictObject({
      count: z.int().positive(),
      seconds: z.number().nonnegative(),
      log: artifactRef.describe('Newest link of the log that holds them.'),
    })
    .nullable()
    .default(null)
    .describe('Those between the first and the others; null while there are none.'),
};
export type CarriedEvaluations = z.infer<z.ZodObject<typeof carriedEvaluations>>;
