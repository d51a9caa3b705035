import { z } from 'zod';

/** Ids name queues, activity ids, folders and search attributes, so they are plain. */
export const plainId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a-z, 0-9 and "-", and start with a letter or digit');

/** Where a model is served: the embedded server of this machine, or a vLLM address. */
export const serverAddress = z.union([z.literal('embedded'), z.url({ protocol: /^https?$/ })]);
export type ServerAddress = z.infer<typeof serverAddress>;

export const modelId = plainId.describe('The arm’s name in the bandit, the Temporal UI and the reports.');
export const revision = z
  .string()
  .min(1)
  .optional()
  .describe('What the weights are. Default: SHA-256 over the folder, else servedModel.');

export const fromIteration = z
  .int()
  .positive()
  .optional()
  .describe('First iteration in which it may be asked; until then it is masked. Default: from the start.');

const asked = {
  id: modelId,
  fromIteration,
  servedModel: z.string().min(1).optional().describe('Model name at the server. Default: the id.'),
  revision,
  maxConcurrentRequests: z.int().positive().max(256).default(8),
  maxItemsPerRequest: z.int().positive().max(1024).default(256),
};

/** Keys of every kind that a vLLM server, or the embedded one, serves. */
export const served = {
  ...asked,
  server: serverAddress.default('embedded').describe('embedded, or the http(s) address of a vLLM server.'),
  model: z.string().min(1).optional().describe('Folder with the weights; required when the server is embedded.'),
};

/** Keys of every kind that speaks another server’s protocol; never embedded. */
export const servedElsewhere = {
  ...asked,
  server: z.url({ protocol: /^https?$/, abort: true }).describe('http(s) address of the server.'),
};
