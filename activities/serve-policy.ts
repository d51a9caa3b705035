import { materialiseBundle } from '../artifact-store';
import { policyFingerprint, type PolicyServing, type PolicyVersion } from '../contract/policy';
import type { ServerAddress } from '../contract/reward-model';
import { listModels, loadAdapter, scoreLoglikelihood, type Loglikelihood, type ModelServer } from '../model-server';
import type { ActivityDependencies } from './dependencies';
import { FingerprintMismatchError } from './errors';

/** An adapter's name at a server says which bytes it is, so that no name ever changes its meaning. */
export function adapterName(adapterSha256: string): string {
  return `pol-${adapterSha256.slice(0, 16)}`;
}

/**
 * Makes a server able to answer for a policy version, and returns the model name to ask for.
 * A server that has the adapter is left alone; one that lost it (a restart) gets it again, under a name made of its
 * content and never in place, and must reproduce the trainer's fingerprint before it is used.
 */
export async function servePolicy(
  { store, modelServer }: ActivityDependencies,
  serving: PolicyServing,
  policy: PolicyVersion,
  address: ServerAddress,
  signal: AbortSignal,
): Promise<string> {
  if (!policy.adapter) return serving.servedModel;
  const server = modelServer(address);
  const name = adapterName(policy.adapter.sha256);
  const present = (await listModels(server, { signal })).some((model) => model.id === name);
  if (!present) {
    await loadAdapter(server, { name, path: await materialiseBundle(store, policy.adapter) }, { signal });
    if (address === serving.server) {
      await checkFingerprint(server, name, serving, await store.getJson(policy.fingerprint, policyFingerprint), signal);
    }
  }
  return name;
}

/**
 * Compares the server's log-probabilities of the fixed probes with the trainer's.
 * @returns the largest difference, nats a token.
 * @throws FingerprintMismatchError when it is over the tolerance: the server answers with other weights.
 */
export async function checkFingerprint(
  server: ModelServer,
  model: string,
  serving: PolicyServing,
  fingerprint: { probes: number[][]; logprobs: number[] },
  signal: AbortSignal,
): Promise<number> {
  const answers: (Loglikelihood | null)[] = [];
  // One at a time: with --enable-lora, vLLM mixes the adapters up in prompt log-probabilities of several sequences, and its
  // CPU kernels end the server (vllm-project/vllm#16668).
  for (const tokenIds of fingerprint.probes) {
    const sequences = [{ tokenIds, start: 1, end: tokenIds.length }];
    answers.push(...(await scoreLoglikelihood(server, { model, sequences }, { signal })));
  }
  const differences = answers.map((answer, index) => {
    const tokens = (fingerprint.probes[index]?.length ?? 0) - 1;
    return Math.abs((answer?.sum ?? Number.NaN) - (fingerprint.logprobs[index] ?? Number.NaN)) / tokens;
  });
  const largest = Math.max(...differences);
  if (!(largest <= serving.fingerprintTolerance)) {
    throw new FingerprintMismatchError(server.baseUrl, model, largest, serving.fingerprintTolerance);
  }
  return largest;
}
