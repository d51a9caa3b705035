import { z } from 'zod';
import { artifactRef } from './artifact';
import { serverAddress } from './reward-model';
import { baseModel } from './training';

/** π_m: the base model under an adapter. Version 0 is the base model itself. */
export const policyVersion = z.strictObject({
  iteration: z.int().nonnegative(),
  adapter: artifactRef.nullable(),
  fingerprint: artifactRef.describe(
    'JSON PolicyFingerprint that a server must reproduce before it serves this policy.',
  ),
});
export type PolicyVersion = z.infer<typeof policyVersion>;

/** Fixed token sequences and Σ log π of their tokens but the first, as the trainer computes it (nats). */
export const policyFingerprint = z.strictObject({
  probes: z.array(z.array(z.int().nonnegative()).min(2)).min(1),
  logprobs: z.array(z.number()),
});
export type PolicyFingerprint = z.infer<typeof policyFingerprint>;

/** How the policy is served: where it generates, where it embeds, and what its prompts look like. */
export const policyServing = z.strictObject({
  baseModel,
  server: serverAddress,
  servedModel: z.string().min(1),
  contextServer: serverAddress,
  promptFormat: z.enum(['text', 'chat']),
  fingerprintTolerance: z.number().positive().describe('Largest accepted |server − trainer|, nats a token.'),
});
export type PolicyServing = z.infer<typeof policyServing>;
