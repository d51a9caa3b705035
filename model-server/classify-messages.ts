import type { CallOptions, ModelServer } from './http';
import { classifyReplySchema, readScores } from './read-scores';
import { scoreOrBisect } from './score-or-bisect';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ClassifyMessagesRequest {
  readonly model: string;
  /** One conversation, rendered by the server with the model's own template. The route takes no more than one. */
  readonly messages: readonly Message[];
}

/** POST /classify: the raw logit of one conversation; null where it is not finite. */
export async function classifyMessages(
  server: ModelServer,
  { model, messages }: ClassifyMessagesRequest,
  options: CallOptions = {},
): Promise<number | null> {
  const scores = await scoreOrBisect([messages], async () => {
    const { reply, site } = await server.callJson(
      { method: 'POST', path: '/classify', body: { model, messages, use_activation: false }, ...options },
      classifyReplySchema,
    );
    return readScores(reply, 1, model, site);
  });
  return scores[0] ?? null;
}
