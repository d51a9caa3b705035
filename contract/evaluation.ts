import { z } from 'zod';
import { artifactRef } from './artifact';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** What a judge made of one category; a prompt without a verdict in both orders is missing. */
const verdictCounts = z.strictObject({
  wins: count,
  ties: count,
  losses: count,
  flipped: count.describe('Of the ties, those where the judge preferred another answer once the order changed.'),
  missing: count,
  meanLength: z
    .strictObject({ policy: z.number().nonnegative(), baseline: z.number().nonnegative() })
    .describe('Characters an answer, over the judged prompts: judges tend to like the longer one.'),
});
export type VerdictCounts = z.infer<typeof verdictCounts>;

export const categoryAccuracy = z.strictObject({
  category: z.string(),
  correct: z.number().nonnegative().multipleOf(0.5).describe('Right answers; of a win rate, wins and half the ties.'),
  total: z.int().positive().describe('Prompts; of a win rate, those with a verdict.'),
  verdicts: verdictCounts.optional().describe('Of a win rate.'),
});
export type CategoryAccuracy = z.infer<typeof categoryAccuracy>;

/** Accuracy, or win rate, of one policy version on the held-out prompts. */
export const evaluationSummary = z.strictObject({
  iteration: z.int().nonnegative(),
  outcomes: artifactRef.describe('JSON lines of MeasuredOutcome.'),
  answers: artifactRef.optional().describe('JSON lines of HeldOutAnswer, of a win rate.'),
  byCategory: z.array(categoryAccuracy),
  seconds: z.number().nonnegative(),
});
export type EvaluationSummary = z.infer<typeof evaluationSummary>;

export const heldOutAnswer = z.strictObject({ promptId: z.string(), text: z.string() });
export type HeldOutAnswer = z.infer<typeof heldOutAnswer>;

export const evaluationOutcome = z.strictObject({
  promptId: z.string(),
  category: z.string(),
  correct: z.boolean(),
  text: z.string(),
});

const preferred = z.enum(['candidate', 'baseline', 'tie']).nullable();
/** The policy is the candidate. null: the judge gave no verdict that can be believed. */
export const judgedOutcome = z.strictObject({
  promptId: z.string(),
  category: z.string(),
  candidateFirst: preferred,
  candidateSecond: preferred,
  text: z.string(),
  baseline: z.string(),
});
export type JudgedOutcome = z.infer<typeof judgedOutcome>;

export const measuredOutcome = z.union([evaluationOutcome, judgedOutcome]);
export type MeasuredOutcome = z.infer<typeof measuredOutcome>;

/** A share with its 95 % interval. */
const interval = z.strictObject({ value: share, low: share, high: share });
export type Interval = z.infer<typeof interval>;

/** Two policy versions on the same held-out prompts. */
export const evaluationComparison = z.strictObject({
  rows: z.array(z.strictObject({ category: z.string(), total: count, before: interval, after: interval })),
  pValue: share.describe('Exact two-sided p over all held-out prompts: McNemar’s test; of a win rate, the sign test.'),
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
