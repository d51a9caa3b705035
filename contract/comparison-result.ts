import { z } from 'zod';
import { pickCounts } from './campaign-run';
import { categoryAccuracy } from './evaluation';
import { cost, costLedger } from './cost-ledger';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** A statistic with its two-sided interval. */
export const estimate = z.strictObject({ estimate: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.infer<typeof estimate>;

const tellsBest =
  'Chance that a choice of the category’s best reward model had a higher bandit reward than one of another, ties half, mean over categories. 0.5: the reward says nothing. Absent without a quality table; null: no category had both.';

const measures = ['rewardModelCalls', 'scoringSeconds', 'wallSeconds', 'trainingSteps'] as const;
/** What had been spent when a policy was there, evaluations left out. */
const spentBefore = z.strictObject({
  rewardModelCalls: count,
  scoringSeconds: z.number().nonnegative().describe('Wall-clock; reward models asked side by side count once.'),
  wallSeconds: z.number().nonnegative().describe('Of the rounds, one after the other.'),
  trainingSteps: count.describe('Optimiser steps.'),
});
export const computeMeasure = z.enum(measures);
export type ComputeMeasure = z.infer<typeof computeMeasure>;

export const measuredPolicy = z.strictObject({
  iteration: count,
  accuracy: share.describe('On all held-out prompts.'),
  byCategory: z.array(categoryAccuracy),
  spent: spentBefore,
});
export type MeasuredPolicy = z.infer<typeof measuredPolicy>;

export const strategyRun = z.strictObject({
  seed: count,
  campaignId: z.string(),
  status: z.enum(['waiting', 'running', 'finished', 'stopped', 'failed']),
  failure: z.string().nullable(),
  policies: z.array(measuredPolicy).describe('By iteration; 0 is the policy that all begin with.'),
  picks: pickCounts.describe('Choices by category and reward model.'),
  laterPicks: pickCounts.describe('Those of the second half of its rounds.'),
  tellsBest: share.nullable().optional().describe(tellsBest),
  ledger: costLedger.nullable().describe('null: it did not finish.'),
});
export type StrategyRun = z.infer<typeof strategyRun>;

const difference = z.strictObject({
  seeds: z.int().positive().describe('That both finished.'),
  mean: estimate,
  iqm: estimate,
  pValue: share.describe('Two-sided paired permutation over seeds; with n seeds it cannot be below 2/2ⁿ.'),
  adjustedPValue: share.describe('Holm over all differences of the table.'),
  improvement: share.describe(
    'Chance that a run of the strategy beats one of the reference, ties half; 0.5: no difference.',
  ),
});

export const strategyResult = z.strictObject({
  name: z.string(),
  selection: z.string().describe('selection.type'),
  changes: z.record(z.string(), z.json()),
  runs: z.array(strategyRun),
  finished: count.describe('Runs that count here.'),
  accuracy: z.strictObject({ mean: estimate, iqm: estimate }).nullable().describe('Of the last policies.'),
  difference: difference.nullable().describe('Minus the reference, paired by seed; null for the reference itself.'),
  catchesUp: z
    .strictObject({ iteration: count, spent: spentBefore })
    .nullable()
    .describe('First policy whose mean is at least that of the reference’s last; spent: mean over runs. null: none.'),
  cost: cost.nullable().describe('Mean over runs, as if each had run alone.'),
  picks: pickCounts.describe('Over all finished runs.'),
  laterPicks: pickCounts.describe('Those of the second half of their rounds.'),
  tellsBest: estimate.nullable().optional().describe(`Mean over seeds. ${tellsBest}`),
});
export type StrategyResult = z.infer<typeof strategyResult>;

const meanOf = z.strictObject({ strategy: z.string(), runs: z.int().positive(), mean: estimate, iqm: estimate });

/** What `laser compare` finds. Accuracies are shares; seconds are those that each step took when it was first done. */
export const comparisonResult = z.strictObject({
  version: z.literal(1),
  comparison: z.string(),
  reference: z.string(),
  seeds: z.array(count),
  heldOutPrompts: count,
  categories: z
    .array(z.string())
    .describe('Strata: mean and IQM are over categories × seeds, each category with equal weight.'),
  statistics: z.strictObject({
    confidence: share,
    resamples: z.int().positive(),
    method: z.literal('stratified bootstrap over seeds, drawn together for all categories, percentile'),
  }),
  strategies: z.array(strategyResult),
  equalSteps: z
    .array(z.strictObject({ iteration: count, strategies: z.array(meanOf) }))
    .describe('Accuracy after each iteration.'),
  equalCompute: z
    .array(
      z.strictObject({
        measure: computeMeasure,
        iteration: z.int().positive().describe('Of the reference.'),
        budget: z.number().nonnegative().describe('The most that a run of the reference had spent by then.'),
        strategies: z.array(meanOf),
      }),
    )
    .describe('Accuracy of the newest policy that each run had before it had spent more than the budget.'),
});
export type ComparisonResult = z.infer<typeof comparisonResult>;
