import { z } from 'zod';
import type { Message } from './classify-messages';
import type { CallOptions, ModelServer } from './http';
import { orderByIndex } from './order-by-index';

export interface CompleteChatRequest {
  readonly model: string;
  readonly messages: readonly Message[];
  /** JSON Schema that the reply must obey. */
  readonly schema: object;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly seed: number;
  /** For the model's chat template, e.g. `enable_thinking`. */
  readonly chatTemplateKwargs: Readonly<Record<string, unknown>>;
}

const replySchema = z.looseObject({
  choices: z.array(
    z.looseObject({
      index: z.int().nonnegative(),
      message: z.looseObject({ content: z.string().nullish() }),
    }),
  ),
});

/**
 * POST /v1/chat/completions with `response_format` json_schema: the text of the one reply; null where there is none, as
 * when the tokens went into thinking. A server may cut the JSON off at maxTokens, or not know the option: parse it.
 */
export async function completeChat(
  server: ModelServer,
  request: CompleteChatRequest,
  options: CallOptions = {},
): Promise<string | null> {
  const { model, messages, schema, maxTokens, temperature, seed, chatTemplateKwargs } = request;
  const body = {
    model,
    messages,
    n: 1,
    max_tokens: maxTokens,
    temperature,
    top_p: 1,
    seed,
    response_format: { type: 'json_schema', json_schema: { name: 'verdict', strict: true, schema } },
    ...(Object.keys(chatTemplateKwargs).length > 0 && { chat_template_kwargs: chatTemplateKwargs }),
  };
  const call = { method: 'POST', path: '/v1/chat/completions', body, ...options } as const;
  const { reply, site } = await server.callJson(call, replySchema);
  return orderByIndex(reply.choices, 1, site)[0]?.message.content ?? null;
}
