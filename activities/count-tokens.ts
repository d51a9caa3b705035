import type { PolicyServing } from '../contract/policy';
import { tokenize, type ModelServer } from '../model-server';

/** How many tokens a prompt is as the policy is asked: as it is, or as one user message in the chat template. */
export async function countTokens(
  server: ModelServer,
  { servedModel: model, promptFormat }: PolicyServing,
  prompt: string,
  signal: AbortSignal,
): Promise<number> {
  const request =
    promptFormat === 'text'
      ? { model, prompt, addSpecialTokens: true }
      : { model, messages: [{ role: 'user', content: prompt } as const], addGenerationPrompt: true };
  return (await tokenize(server, request, { signal })).tokenIds.length;
}
