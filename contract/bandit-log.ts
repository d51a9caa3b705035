import { z } from 'zod';
import { sha256Hex } from './artifact';
import { selection } from './selection';

/** One round as the bandit saw it. The context is an artifact, so the log stays small at any dimension. */
export const banditObservation = z.strictObject({
  iteration: z.int().positive(),
  round: z.int().positive(),
  armId: z.string().min(1),
  context: sha256Hex,
  propensity: z.number().gt(0).max(1),
  rawReward: z.number(),
  reward: z.number().min(0).max(1),
});
export type BanditObservation = z.infer<typeof banditObservation>;

/** The bandit’s whole state: what was observed. Every estimate is a fold over it, so it can always be recomputed. */
export const banditLog = z.strictObject({
  seed: z.int().nonnegative(),
  selection,
  arms: z.array(z.string().min(1)).min(1),
  observations: z.array(banditObservation),
});
export type BanditLog = z.infer<typeof banditLog>;
