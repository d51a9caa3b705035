import { z } from 'zod';
import { finiteOrNull } from './finite-or-null';
import type { CallOptions, ModelServer } from './http';
import { orderByIndex } from './order-by-index';
import { scoreOrBisect } from './score-or-bisect';

export interface RerankTeiRequest {
  readonly query: string;
  readonly texts: readonly string[];
}

const replySchema = z.array(z.looseObject({ index: z.int().nonnegative(), score: z.unknown() }));

/**
 * POST /rerank of text-embeddings-inference: the raw score of each text for one query, in the texts' order (the reply
 * is sorted by score); null where it is not finite.
 */
export function rerankTei(
  server: ModelServer,
  { query, texts }: RerankTeiRequest,
  options: CallOptions = {},
): Promise<(number | null)[]> {
  return scoreOrBisect(texts, async (asked) => {
    const body = { query, texts: asked, raw_scores: true, truncate: false, return_text: false };
    const { reply, site } = await server.callJson({ method: 'POST', path: '/rerank', body, ...options }, replySchema);
    return orderByIndex(reply, asked.length, site).map(({ score }) => finiteOrNull(score));
  });
}
