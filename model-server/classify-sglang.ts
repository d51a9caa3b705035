import { z } from 'zod';
import { checkCount } from './check-count';
import { ProtocolViolationError } from './errors';
import { finiteOrNull } from './finite-or-null';
import type { CallOptions, ModelServer } from './http';
import { scoreOrBisect } from './score-or-bisect';

export interface ClassifySglangRequest {
  readonly model: string;
  /** Whole texts, a chat template's markers written out: the route knows no messages. */
  readonly texts: readonly string[];
}

const replySchema = z.array(z.looseObject({ embedding: z.array(z.unknown()) }));

/**
 * SGLang's native POST /classify: the raw logit of each text, in their order; null where it is not finite. Not its
 * /v1/classify, which sends a softmax: 1 for every text under a reward model with one label.
 */
export function classifySglang(
  server: ModelServer,
  { model, texts }: ClassifySglangRequest,
  options: CallOptions = {},
): Promise<(number | null)[]> {
  const ask = async (asked: readonly string[]) => {
    const call = { method: 'POST', path: '/classify', body: { model, text: asked }, ...options } as const;
    const { reply, site } = await server.callJson(call, replySchema);
    checkCount(reply, asked.length, site);
    return reply.map(({ embedding }) => {
      if (embedding.length === 1) return finiteOrNull(embedding[0]);
      const problem = `model '${model}' sent ${embedding.length} numbers for a text; a reward model sends one`;
      throw new ProtocolViolationError(problem, site, false);
    });
  };
  return scoreOrBisect(texts, ask, { bareErrorMayBeOneInput: true });
}
