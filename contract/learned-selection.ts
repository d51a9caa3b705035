import { z } from 'zod';

const vector = z.array(z.number());

/** What a way of selecting learned from labelled preferences before the first round. */
export const learnedSelection = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('classifier'),
    classifier: z.strictObject({
      rewardModelIds: z.array(z.string().min(1)).min(1),
      weights: z.array(vector).min(1).describe('A row of length d for each.'),
      biases: vector,
    }),
  }),
  z.strictObject({
    type: z.literal('priors'),
    priors: z
      .record(z.string(), z.strictObject({ mean: vector, precision: z.number().positive() }))
      .describe('By reward model: N(mean, v²/precision · I) of its θ.'),
  }),
]);
export type LearnedSelection = z.infer<typeof learnedSelection>;
