import { z } from 'zod';
import type { Message } from './classify-messages';
import { ProtocolViolationError } from './errors';
import type { CallOptions, ModelServer } from './http';

export type TokenizeRequest =
  | { readonly model: string; readonly prompt: string; readonly addSpecialTokens: boolean }
  | { readonly model: string; readonly messages: readonly Message[]; readonly addGenerationPrompt: boolean };

export interface Tokenized {
  readonly tokenIds: number[];
  /** Longest sequence the model takes, in tokens. */
  readonly maxModelLength: number;
}

const replySchema = z.looseObject({
  count: z.int().nonnegative(),
  max_model_len: z.int().positive(),
  tokens: z.array(z.int().nonnegative()),
});

/** POST /tokenize: a text as it is, or a conversation rendered with the model's chat template. */
export async function tokenize(
  server: ModelServer,
  request: TokenizeRequest,
  options: CallOptions = {},
): Promise<Tokenized> {
  const body =
    'messages' in request
      ? { model: request.model, messages: request.messages, add_generation_prompt: request.addGenerationPrompt }
      : { model: request.model, prompt: request.prompt, add_special_tokens: request.addSpecialTokens };
  const { reply, site } = await server.callJson({ method: 'POST', path: '/tokenize', body, ...options }, replySchema);
  if (reply.count !== reply.tokens.length) {
    throw new ProtocolViolationError(`count ${reply.count} but ${reply.tokens.length} tokens`, site);
  }
  return { tokenIds: reply.tokens, maxModelLength: reply.max_model_len };
}
