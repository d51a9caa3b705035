import { z } from 'zod';

const count = z.int().nonnegative();
const amount = z.number().nonnegative();

/** What counts against a budget. */
export const spent = z.strictObject({
  seconds: amount.describe('Wall-clock, as `wallSeconds` of a cost.'),
  tokens: count.describe('Generated and trained.'),
  money: amount.describe('By the campaign’s prices; 0 without them.'),
});
export type Spent = z.infer<typeof spent>;

export const cost = z.strictObject({
  seconds: z
    .record(z.string(), amount)
    .describe(
      'Busy time by step (embed, generate, score, train, evaluate), when first done. score: of all reward models.',
    ),
  scoringSeconds: amount.describe('Wall-clock of scoring: reward models that were asked side by side count once.'),
  wallSeconds: amount.describe(
    'Rounds and evaluations one after the other, as long as each took at first; what ran side by side counts once.',
  ),
  rewardModelCalls: count.describe('Completions that a reward model was asked to score.'),
  generatedTokens: count,
  trainedTokens: count,
  scoredTokens: amount.describe('Of the completions that were scored; prompts are not counted.'),
  optimizerSteps: count,
  money: amount,
});
export type Cost = z.infer<typeof cost>;

/**
 * What a campaign cost, and where. A step that another campaign had done already counts in full: the ledger says what the
 * campaign costs by itself, so that campaigns that share steps can be compared.
 */
export const costLedger = z.strictObject({
  currency: z.string().nullable().describe('null: the campaign has no prices, and money is 0.'),
  campaign: cost,
  iterations: z.array(cost.extend({ iteration: count.describe('0: what came before the first.') })),
  rewardModels: z.array(
    z.strictObject({
      rewardModelId: z.string(),
      rounds: count.describe('That asked it.'),
      calls: count,
      scoredTokens: amount,
      seconds: amount,
      money: amount,
    }),
  ),
});
export type CostLedger = z.infer<typeof costLedger>;
