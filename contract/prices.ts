import { z } from 'zod';

const price = z.number().nonnegative().default(0);

/** What compute costs. Only the cost ledger and `budget.money` look at it; no step's result depends on it. */
export const prices = z.strictObject({
  currency: z.string().min(1).max(12).default('USD'),
  perSecond: z
    .strictObject({ embed: price, generate: price, train: price, evaluate: price })
    .prefault({})
    .describe('By step, for the seconds it took when it was first done.'),
  perMillionTokens: z
    .strictObject({ generate: price, train: price })
    .prefault({})
    .describe('Tokens of completions, and tokens that training read.'),
  rewardModels: z
    .record(
      z.string(),
      z.strictObject({
        perSecond: price,
        perThousandCalls: price.describe('A call scores one completion.'),
        perMillionTokens: price.describe('Tokens of the completions it scored, as the policy counts them.'),
      }),
    )
    .default({})
    .describe('By id, each { perSecond, perThousandCalls, perMillionTokens }. One that is not listed costs nothing.'),
});
export type Prices = z.infer<typeof prices>;

/** What a campaign may spend. Recorded numbers count, never the clock, so it stops at the same round wherever it runs. */
export const budget = z
  .strictObject({
    seconds: z
      .number()
      .positive()
      .optional()
      .describe('Wall-clock of its rounds and evaluations, each as long as it took at first.'),
    tokens: z.int().positive().optional().describe('Generated and trained.'),
    money: z.number().positive().optional().describe('By `prices`.'),
  })
  .refine((limits) => Object.keys(limits).length > 0, { error: 'is empty; give seconds, tokens or money' });
export type Budget = z.infer<typeof budget>;
