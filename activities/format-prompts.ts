import type { PolicyServing } from '../contract/policy';
import { tokenize, type ModelServer } from '../model-server';
import { inChunks } from './in-chunks';

const concurrentTokenizations = 8;

export interface FormattedPrompts {
  prompts: string[] | number[][];
  addSpecialTokens: boolean;
}

/** Prompts as the policy is asked: the text itself, or the token ids of one user message in the model's chat template. */
export async function formatPrompts(
  server: ModelServer,
  serving: PolicyServing,
  prompts: readonly string[],
  signal: AbortSignal,
): Promise<FormattedPrompts> {
  if (serving.promptFormat === 'text') return { prompts: [...prompts], addSpecialTokens: true };
  const { servedModel: model } = serving;
  const tokenized = await inChunks(
    prompts,
    { chunk: 1, concurrency: concurrentTokenizations, signal },
    (part, signal) =>
      Promise.all(
        part.map(async (content) => {
          const messages = [{ role: 'user', content }] as const;
          return (await tokenize(server, { model, messages, addGenerationPrompt: true }, { signal })).tokenIds;
        }),
      ),
  );
  return { prompts: tokenized, addSpecialTokens: false };
}
