import { z } from 'zod';
import { fromIteration, modelId } from './served';

/** A rule in place of a model; 1 or 0. Runs on the score worker, without a server. */
export const verifier = z.strictObject({
  id: modelId,
  fromIteration,
  kind: z.literal('verifier'),
  revision: z.string().min(1).optional().describe('Default: what the rule is, with math-verify’s version.'),
  rule: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('exact').describe('The final answer equals the verified answer.'),
      pattern: z
        .string()
        .min(1)
        .default('(-?[\\d.,]*\\d)')
        .describe('Regular expression; the last match in a completion is its answer (first group, if it has one).'),
    }),
    z.strictObject({
      type: z.literal('mathEquivalence').describe('math-verify finds the answer equal to the verified one.'),
      timeoutSeconds: z
        .number()
        .positive()
        .max(600)
        .default(5)
        .describe('For one completion; over it the score is missing.'),
    }),
    z.strictObject({
      type: z
        .literal('format')
        .describe('The completion contains a match of a regular expression; anchor it with ^ and $ for the whole.'),
      pattern: z.string().min(1),
      flags: z
        .string()
        .regex(/^[imsu]*$/, 'only i, m, s and u')
        .default(''),
    }),
  ]),
});
