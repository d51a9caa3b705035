import { z } from 'zod';
import { revision, served, serverAddress } from './served';

/** A sequence classifier with one label; the score is its raw logit (vLLM --runner pooling, POST /classify). */
export const classify = z.strictObject({
  ...served,
  kind: z.literal('classify'),
  input: z
    .enum(['text', 'messages'])
    .default('messages')
    .describe(
      'text: prompt and completion as one string, many a request. messages: the RM’s chat template, one a request.',
    ),
});

/** A process RM: one score a reasoning step, at the step’s separator (vLLM --runner pooling, POST /pooling). */
export const tokenClassify = z.strictObject({
  ...served,
  kind: z.literal('tokenClassify'),
  input: z
    .enum(['text', 'messages'])
    .default('messages')
    .describe('text: prompt and steps as one string. messages: through the RM’s chat template.'),
  systemPrompt: z.string().min(1).optional().describe('System message, where the RM was trained with one.'),
  stepDelimiter: z.string().min(1).default('\n\n').describe('What ends a step in a completion.'),
  stepSeparator: z
    .string()
    .min(1)
    .describe('Put after each step; the RM’s score stands at its last token, e.g. <extra_0> (Qwen PRM).'),
  stepJoin: z.string().default('').describe('Between a separator and the next step; a line break for Math-Shepherd.'),
  goodLabel: z
    .int()
    .nonnegative()
    .default(1)
    .describe('Place of “this step is right” in a row of several labels; 1 for Qwen PRM, 0 for Math-Shepherd.'),
  aggregation: z.enum(['min', 'product', 'mean', 'last']).default('min').describe('How steps make one score.'),
});

/** Mean log-likelihood under a causal LM, nats a token (echoed prompt, POST /v1/completions). */
export const loglik = z.strictObject({
  ...served,
  kind: z.literal('loglik'),
  span: z
    .enum(['completion', 'promptAndCompletion'])
    .default('completion')
    .describe('Tokens the mean goes over. promptAndCompletion is what the paper’s official code does.'),
});

const referenceModel = z.strictObject({
  server: serverAddress.default('embedded').describe('embedded, or the http(s) address of a vLLM server.'),
  servedModel: z.string().min(1).describe('Model name at the server.'),
  model: z.string().min(1).optional().describe('Folder with the weights; required when the server is embedded.'),
  revision,
});

/** β·(log π(y|x) − log π_ref(y|x)): the reward that DPO training leaves in a policy (arXiv 2305.18290, eq. 5). */
export const implicitDpo = z.strictObject({
  ...served,
  kind: z.literal('implicitDpo'),
  reference: referenceModel.describe('π_ref: what the DPO-trained model started from. Both must share one tokenizer.'),
  beta: z.number().positive().default(0.1).describe('β of the DPO training. It scales scores and never reorders them.'),
  lengthNormalised: z.boolean().default(false).describe('Divide by the completion’s length in tokens.'),
});
