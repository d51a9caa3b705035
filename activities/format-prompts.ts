import pLimit from 'p-limit';
import type { PolicyServing } from '../contract/policy';
import { tokenize, type ModelServer } from '../model-server';

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
  const limit = pLimit(concurrentTokenizations);
  const tokenized = await Promise.all(
    prompts.map((content) =>
      limit(() =>
        tokenize(
          server,
          { model: serving.servedModel, messages: [{ role: 'user', content }], addGenerationPrompt: true },
          { signal },
        ),
      ),
    ),
  );
  return { prompts: tokenized.map(({ tokenIds }) => tokenIds), addSpecialTokens: false };
}
