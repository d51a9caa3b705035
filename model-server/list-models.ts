import { z } from 'zod';
import type { CallOptions, ModelServer } from './http';

export interface ServedModel {
  readonly id: string;
  /** Folder the weights came from: of an adapter, the path it was loaded from. */
  readonly root: string | null;
  /** Base model of an adapter; null for the base itself. */
  readonly parent: string | null;
  /** Longest sequence in tokens, where the server says. */
  readonly maxModelLength: number | null;
}

const replySchema = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      root: z.string().nullish(),
      parent: z.string().nullish(),
      max_model_len: z.int().positive().nullish(),
    }),
  ),
});

/** GET /v1/models: the base model and the adapters loaded now. */
export async function listModels(server: ModelServer, options: CallOptions = {}): Promise<ServedModel[]> {
  const { reply } = await server.callJson({ method: 'GET', path: '/v1/models', ...options }, replySchema);
  return reply.data.map(({ id, root, parent, max_model_len }) => ({
    id,
    root: root ?? null,
    parent: parent ?? null,
    maxModelLength: max_model_len ?? null,
  }));
}
