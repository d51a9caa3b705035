import { cancellationSignal } from '@temporalio/activity';
import { z } from 'zod';
import { policyFingerprint, policyServing, policyVersion } from '../contract/policy';
import { stepLabel } from '../contract/training';
import type { ActivityDependencies } from './dependencies';
import { checkFingerprint, servePolicy } from './serve-policy';

const input = z.strictObject({ label: stepLabel, serving: policyServing, policy: policyVersion });
export type PublishPolicyInput = z.infer<typeof input>;

/**
 * Puts a policy version on the generation and the context server, and refuses to go on if the generation server's
 * log-probabilities of the probes are not the trainer's. Done each time it is asked: a server's state is no artifact.
 * @returns the model name to ask for, and the largest difference seen (nats a token).
 */
export async function publishPolicy(dependencies: ActivityDependencies, raw: PublishPolicyInput) {
  const { serving, policy } = input.parse(raw);
  const { store, modelServer } = dependencies;
  const signal = cancellationSignal();
  const model = await servePolicy(dependencies, serving, policy, serving.server, signal);
  await servePolicy(dependencies, serving, policy, serving.contextServer, signal);
  const fingerprint = await store.getJson(policy.fingerprint, policyFingerprint);
  return {
    model,
    difference: await checkFingerprint(modelServer(serving.server), model, serving, fingerprint, signal),
  };
}
