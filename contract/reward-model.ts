import { z } from 'zod';

/** Ids name queues, activity ids, folders and search attributes, so they are plain. */
export const plainId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a-z, 0-9 and "-", and start with a letter or digit');

/** Where a model is served: the embedded server of this machine, or a vLLM address. */
export const serverAddress = z.union([z.literal('embedded'), z.url({ protocol: /^https?$/ })]);
export type ServerAddress = z.infer<typeof serverAddress>;

const served = {
  id: plainId.describe('The arm’s name in the bandit, the Temporal UI and the reports.'),
  server: serverAddress.default('embedded').describe('embedded, or the http(s) address of a vLLM server.'),
  servedModel: z.string().min(1).optional().describe('Model name at the server. Default: the id.'),
  model: z.string().min(1).optional().describe('Folder with the weights; required when the server is embedded.'),
  revision: z
    .string()
    .min(1)
    .optional()
    .describe('What the weights are. Default: SHA-256 over the folder, else servedModel.'),
  maxConcurrentRequests: z.int().positive().max(256).default(8),
  maxItemsPerRequest: z.int().positive().max(1024).default(256),
};

/** A sequence classifier with one label; the score is its raw logit (vLLM --runner pooling, POST /classify). */
const classify = z.strictObject({
  ...served,
  kind: z.literal('classify'),
  input: z
    .enum(['text', 'messages'])
    .default('messages')
    .describe(
      'text: prompt and completion as one string, many a request. messages: the RM’s chat template, one a request.',
    ),
});

/** Mean log-likelihood under a causal LM, nats a token (echoed prompt, POST /v1/completions). */
const loglik = z.strictObject({
  ...served,
  kind: z.literal('loglik'),
  span: z
    .enum(['completion', 'promptAndCompletion'])
    .default('completion')
    .describe('Tokens the mean goes over. promptAndCompletion is what the paper’s official code does.'),
});

export const rewardModel = z.discriminatedUnion('kind', [classify, loglik]);
/** A reward model as the campaign file gives it, defaults filled in. */
export type RewardModel = z.infer<typeof rewardModel>;

/** A reward model with everything resolved: what the activities get. */
export const resolvedRewardModel = rewardModel.and(
  z.object({ servedModel: z.string().min(1), revision: z.string().min(1) }),
);
export type ResolvedRewardModel = z.infer<typeof resolvedRewardModel>;
