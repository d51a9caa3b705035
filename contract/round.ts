import { z } from 'zod';
import { artifactRef, sha256Hex } from './artifact';

/** One line of a prompt artifact. `answer` is the verified answer where the data has one, `otherAnswers` are as right. */
export const promptRecord = z.strictObject({
  promptId: z.string().min(1),
  prompt: z.string().min(1),
  answer: z.string().optional(),
  otherAnswers: z.array(z.string()).min(1).optional(),
  category: z.string().min(1).optional(),
});
export type PromptRecord = z.infer<typeof promptRecord>;

export const completion = z.strictObject({
  text: z.string(),
  tokenIds: z.array(z.int().nonnegative()),
  finishReason: z.enum(['stop', 'length']),
});
export type Completion = z.infer<typeof completion>;

/** One line of a completions artifact: a prompt as the policy saw it, with its n completions in order. */
export const promptCompletions = z.strictObject({
  promptId: z.string().min(1),
  prompt: z.string().min(1),
  promptTokenIds: z.array(z.int().nonnegative()).min(1),
  completions: z.array(completion).min(1),
});
export type PromptCompletions = z.infer<typeof promptCompletions>;

/** One line of a scores artifact, aligned with the completions. null: the RM gave no finite score; never 0. */
export const promptScores = z.strictObject({
  promptId: z.string().min(1),
  scores: z.array(z.number().nullable()),
});
export type PromptScores = z.infer<typeof promptScores>;

/** One line of a pairs artifact. Token ids are the ones the server sampled, so the trainer re-tokenises nothing. */
export const preferencePair = z.strictObject({
  promptId: z.string().min(1),
  prompt: z.string().min(1),
  promptTokenIds: z.array(z.int().nonnegative()).min(1),
  chosen: z.string(),
  chosenTokenIds: z.array(z.int().nonnegative()).min(1),
  chosenScore: z.number(),
  rejected: z.string(),
  rejectedTokenIds: z.array(z.int().nonnegative()).min(1),
  rejectedScore: z.number(),
});
export type PreferencePair = z.infer<typeof preferencePair>;

/** A candidate pair of completions, by place, and the reward model that is to order it. */
export const routedPair = z.strictObject({
  promptId: z.string().min(1),
  left: z.int().nonnegative(),
  right: z.int().nonnegative(),
  rewardModelId: z.string().min(1),
});
export type RoutedPair = z.infer<typeof routedPair>;

/** A context c of a round: mean over the round's prompts of the policy's last-token hidden state, as scaled for the bandit. */
export const contextArtifact = z.strictObject({ values: z.array(z.number()).min(1) });

/** Which prompts of a round a context stands for: null all of them, else those of a category, or the one with that id. */
export const scopedContext = z.strictObject({ scope: z.string().nullable(), context: sha256Hex });
export type ScopedContext = z.infer<typeof scopedContext>;

/** An iteration's prompt batches, by reference: entry t−1 is round t's. */
export const promptBatchPlan = z.strictObject({
  batches: z.array(z.strictObject({ promptBatch: artifactRef, category: z.string().nullable() })),
});
export type PromptBatchPlan = z.infer<typeof promptBatchPlan>;
