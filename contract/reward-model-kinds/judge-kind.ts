import { z } from 'zod';
import { served } from './served';

const jsonValue = z.union([z.string(), z.number(), z.boolean()]);

/** A chat model that answers in a JSON schema (POST /v1/chat/completions with response_format). */
export const judge = z.strictObject({
  ...served,
  kind: z.literal('judge'),
  mode: z
    .enum(['pointwise', 'pairwise'])
    .default('pointwise')
    .describe(
      'pointwise: a whole number for each completion. pairwise: share of comparisons won, each in both orders.',
    ),
  criteria: z
    .string()
    .min(1)
    .default('Correctness first, then clear and complete reasoning.')
    .describe('What makes an answer good; part of the judge’s instructions.'),
  lowestScore: z.int().default(1).describe('pointwise'),
  highestScore: z.int().default(10).describe('pointwise'),
  opponents: z
    .int()
    .positive()
    .default(3)
    .describe('pairwise: comparisons each completion starts; it takes part in twice as many.'),
  reasoning: z.boolean().default(false).describe('Ask for a sentence of reasoning before the verdict.'),
  canaries: z
    .int()
    .min(0)
    .max(2)
    .default(1)
    .describe('Known bad answers mixed into each prompt’s; where one wins, the prompt’s scores are dropped.'),
  maxTokens: z.int().positive().default(256).describe('Of the judge’s reply.'),
  temperature: z.number().min(0).max(2).default(0),
  chatTemplateKwargs: z
    .record(z.string(), jsonValue)
    .default({})
    .describe('Passed on as chat_template_kwargs, e.g. enable_thinking: false.'),
});
