import { z } from 'zod';
import { ProtocolViolationError } from './errors';
import type { CallOptions, ModelServer } from './http';
import { orderByIndex } from './order-by-index';

export interface EmbedPromptsRequest {
  readonly model: string;
  readonly prompts: readonly (readonly number[])[] | readonly string[];
  /** Whether the server adds BOS and the like to string prompts. */
  readonly addSpecialTokens: boolean;
}

const replySchema = z.looseObject({
  data: z.array(z.looseObject({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1) })),
});

/**
 * POST /v1/embeddings: one vector of d finite numbers per prompt, in their order.
 * Without activation, so that a last-token pooler gives the hidden state itself and not its L2-normalised direction.
 */
export async function embedPrompts(
  server: ModelServer,
  { model, prompts, addSpecialTokens }: EmbedPromptsRequest,
  options: CallOptions = {},
): Promise<number[][]> {
  const { reply, site } = await server.callJson(
    {
      method: 'POST',
      path: '/v1/embeddings',
      body: {
        model,
        input: prompts,
        encoding_format: 'float',
        use_activation: false,
        add_special_tokens: addSpecialTokens,
      },
      ...options,
    },
    replySchema,
  );
  const vectors = orderByIndex(reply.data, prompts.length, site).map((item) => item.embedding);
  const dimension = vectors[0]?.length;
  if (vectors.some((vector) => vector.length !== dimension)) {
    throw new ProtocolViolationError('embeddings of one reply differ in length', site);
  }
  return vectors;
}
