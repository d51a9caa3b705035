import { z } from 'zod';
import { checkCount } from './check-count';
import { finiteOrNull } from './finite-or-null';
import type { CallOptions, ModelServer } from './http';
import { scoreOrBisect } from './score-or-bisect';

export interface EvaluateLlamaFactoryScoresRequest {
  readonly model: string;
  /** Whole texts, the chat template's markers written out; the route calls each a message. */
  readonly texts: readonly string[];
  /** Tokens a text is cut to. */
  readonly maxLength?: number | undefined;
}

const replySchema = z.looseObject({ scores: z.array(z.unknown()) });

/** POST /v1/score/evaluation of LlamaFactory's API: the score of each text, in their order; null where it is not finite. */
export function evaluateLlamaFactoryScores(
  server: ModelServer,
  { model, texts, maxLength }: EvaluateLlamaFactoryScoresRequest,
  options: CallOptions = {},
): Promise<(number | null)[]> {
  return scoreOrBisect(texts, async (messages) => {
    const body = { model, messages, ...(maxLength !== undefined && { max_length: maxLength }) };
    const call = { method: 'POST', path: '/v1/score/evaluation', body, ...options } as const;
    const { reply, site } = await server.callJson(call, replySchema);
    checkCount(reply.scores, messages.length, site);
    return reply.scores.map(finiteOrNull);
  });
}
