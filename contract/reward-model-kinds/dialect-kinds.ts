import { z } from 'zod';
import { servedElsewhere } from './served';

const urlPath = z.templateLiteral(['/', z.string()]);

const template = z
  .string()
  .refine((text) => text.includes('{completion}'), 'must contain {completion}')
  .default('{prompt}{completion}')
  .describe('The text the RM is given, with {prompt} and {completion}; a chat model’s markers are written out in it.');

/** A classifier at Hugging Face’s text-embeddings-inference, raw scores. */
export const tei = z.strictObject({
  ...servedElsewhere,
  kind: z.literal('tei'),
  route: z
    .enum(['predict', 'rerank'])
    .default('predict')
    .describe('predict: the text made by template. rerank: the prompt as query, the completions as texts.'),
  template,
  label: z.string().min(1).optional().describe('predict: whose score to take, where the model has several labels.'),
  maxItemsPerRequest: z.int().positive().max(1024).default(32).describe('TEI’s --max-client-batch-size is 32.'),
});

/** A reward model at SGLang (--is-embedding), its native POST /classify. */
export const sglang = z.strictObject({ ...servedElsewhere, kind: z.literal('sglang'), template });

/** OpenRLHF’s serve_rm, or any server for its --reward.remote_url (formerly --remote_rm_url). */
export const openrlhf = z.strictObject({
  ...servedElsewhere,
  kind: z.literal('openrlhf'),
  path: urlPath.default('/get_reward'),
  template,
});

/** A server for slime’s --rm-type remote_rm: one completion a request. */
export const slime = z.strictObject({
  ...servedElsewhere,
  kind: z.literal('slime'),
  path: urlPath.default('/').describe('Path of slime’s --rm-url.'),
  rewardKey: z.string().min(1).optional().describe('As slime’s --reward-key, where the reply is an object.'),
});

/** LlamaFactory’s API with a reward model (stage rm), POST /v1/score/evaluation. */
export const llamafactory = z.strictObject({
  ...servedElsewhere,
  kind: z.literal('llamafactory'),
  template,
  maxLength: z.int().positive().optional().describe('Tokens it cuts a text to. Default: the server’s.'),
});
