import { z } from 'zod';

const count = z.int().nonnegative();
const amount = z.number().nonnegative();

/** What counts against a budget. */
export const spent = z.strictObject({
  seconds: amount.describe('Of all steps together, when first done.'),
  tokens: count.describe('Generated and trained.'),
  money: amount.describe('By the campaign’s prices; 0 without them.'),
});
export type Spent = z.infer<typeof spent>;

export const cost = z.strictObject({
  seconds: z
    .record(z.string(), amount)
    .describe('By step (embed, generate, score, train, evaluate), when first done. score: all reward models added up.'),
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
