import { z } from 'zod';

/** The prompts of a best-of-n: those that the bandit learns on, and those that are to be answered. */
export const promptSplit = z.enum(['learn', 'test']);
export type PromptSplit = z.infer<typeof promptSplit>;
