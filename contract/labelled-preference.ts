import { z } from 'zod';

/** A pair of completions whose better one is known. */
export const labelledPreference = z.strictObject({
  prompt: z.string().min(1),
  chosen: z.string().min(1),
  rejected: z.string().min(1),
  category: z.string().min(1).optional(),
});
export type LabelledPreference = z.infer<typeof labelledPreference>;
