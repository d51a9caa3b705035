import { tokenize, type ModelServer, type ResponseSpan } from '../../model-server';
import { inChunks } from '../in-chunks';
import type { MissingReason, ScoredText } from './scorer';

interface Asked {
  server: ModelServer;
  model: string;
  concurrency: number;
  signal: AbortSignal;
}

/**
 * Prompt and completion of each item as one token sequence, and where the completion begins. The text is tokenised
 * once, as a whole: where prompt and completion share a token, it counts as the completion's. An empty completion has an
 * empty span.
 */
export async function completionSpans(
  asked: Asked,
  items: readonly ScoredText[],
): Promise<(ResponseSpan | MissingReason)[]> {
  const prompts = [...new Set(items.map(({ prompt }) => prompt))];
  const tokensOfPrompt = new Map(
    (await tokenizeTexts(asked, prompts)).map(({ tokenIds }, index) => [prompts[index], tokenIds] as const),
  );
  const wholes = await tokenizeTexts(
    asked,
    items.map(({ prompt, completion }) => prompt + completion),
  );
  return wholes.map(({ tokenIds, maxModelLength }, index) => {
    const start = Math.max(1, commonPrefix(tokensOfPrompt.get(items[index]!.prompt)!, tokenIds));
    return tokenIds.length > maxModelLength ? 'tooLong' : { tokenIds, start, end: tokenIds.length };
  });
}

/** Each text's token ids, special tokens added as the model wants them. */
function tokenizeTexts({ server, model, concurrency, signal }: Asked, texts: readonly string[]) {
  return inChunks(texts, { chunk: 1, concurrency, signal }, (part, signal) =>
    Promise.all(part.map((prompt) => tokenize(server, { model, prompt, addSpecialTokens: true }, { signal }))),
  );
}

/** How many tokens two sequences begin with in common. */
export function commonPrefix(left: readonly number[], right: readonly number[]): number {
  const limit = Math.min(left.length, right.length);
  let length = 0;
  while (length < limit && left[length] === right[length]) length += 1;
  return length;
}
