import type { PolicyServing, PolicyVersion } from '../contract/policy';
import { embedPrompts as requestEmbeddings } from '../model-server';
import type { ActivityDependencies } from './dependencies';
import { formatPrompts } from './format-prompts';
import { servePolicy } from './serve-policy';

/** Last-token hidden states of prompts under a policy version, one vector of length d a prompt. */
export async function embedTexts(
  dependencies: ActivityDependencies,
  serving: PolicyServing,
  policy: PolicyVersion,
  prompts: readonly string[],
  signal: AbortSignal,
): Promise<number[][]> {
  const server = dependencies.modelServer(serving.contextServer);
  const model = await servePolicy(dependencies, serving, policy, serving.contextServer, signal);
  return requestEmbeddings(server, { model, ...(await formatPrompts(server, serving, prompts, signal)) }, { signal });
}
