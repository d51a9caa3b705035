import { z } from 'zod';
import type { Completion } from '../contract/round';
import { ProtocolViolationError, type CallSite } from './errors';
import type { CallOptions, ModelServer } from './http';
import { orderByIndex } from './order-by-index';

/** Every field is sent: an omitted one would come from the model's generation_config.json. */
export interface SamplingOptions {
  readonly maxTokens: number;
  readonly temperature: number;
  readonly topP: number;
  /** 0 turns it off. */
  readonly topK: number;
  readonly minP: number;
  readonly repetitionPenalty: number;
  /** At most four strings. */
  readonly stop: readonly string[];
  /** Completion i of each prompt is drawn with seed + i; a further request for the same prompt starts at seed + n. */
  readonly seed: number;
}

export interface GenerateCompletionsRequest {
  /** Base model or loaded adapter, as GET /v1/models names it. */
  readonly model: string;
  /** Token ids are taken as they are; strings are tokenised by the server. */
  readonly prompts: readonly (readonly number[])[] | readonly string[];
  readonly completionsPerPrompt: number;
  readonly sampling: SamplingOptions;
  /** Whether the server adds BOS and the like to string prompts; false for prompts rendered with a chat template. */
  readonly addSpecialTokens: boolean;
}

/** What the policy was given and what it answered, for one prompt. */
export interface GeneratedCompletions {
  readonly promptTokenIds: number[];
  /** `completionsPerPrompt` of them, in the order of their seeds. */
  readonly completions: Completion[];
}

const tokenIds = z.array(z.int().nonnegative());
const replySchema = z.looseObject({
  choices: z.array(
    z.looseObject({
      index: z.int().nonnegative(),
      text: z.string(),
      token_ids: tokenIds,
      prompt_token_ids: tokenIds.nullish(),
      finish_reason: z.enum(['stop', 'length']),
    }),
  ),
});
type Choice = z.output<typeof replySchema>['choices'][number];

/** POST /v1/completions: n completions for each prompt, in the order of the prompts. */
export async function generateCompletions(
  server: ModelServer,
  request: GenerateCompletionsRequest,
  options: CallOptions = {},
): Promise<GeneratedCompletions[]> {
  const { prompts, completionsPerPrompt: n } = request;
  const { reply, site } = await server.callJson(
    { method: 'POST', path: '/v1/completions', body: toBody(request), ...options },
    replySchema,
  );
  const choices = orderByIndex(reply.choices, prompts.length * n, site);
  return prompts.map((prompt, p) => {
    const own = choices.slice(p * n, (p + 1) * n);
    return { promptTokenIds: promptTokenIdsOf(prompt, own, site), completions: own.map(toCompletion) };
  });
}

function toBody({
  model,
  prompts,
  completionsPerPrompt,
  sampling,
  addSpecialTokens,
}: GenerateCompletionsRequest): object {
  return {
    model,
    prompt: prompts,
    n: completionsPerPrompt,
    max_tokens: sampling.maxTokens,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    min_p: sampling.minP,
    repetition_penalty: sampling.repetitionPenalty,
    stop: sampling.stop,
    seed: sampling.seed,
    skip_special_tokens: true,
    add_special_tokens: addSpecialTokens,
    return_token_ids: true,
  };
}

function promptTokenIdsOf(prompt: readonly number[] | string, choices: readonly Choice[], site: CallSite): number[] {
  const ids = choices.find((choice) => choice.prompt_token_ids != null)?.prompt_token_ids;
  if (ids == null || ids.length === 0) {
    throw new ProtocolViolationError('prompt_token_ids is missing; the server must support return_token_ids', site);
  }
  if (typeof prompt !== 'string' && (prompt.length !== ids.length || prompt.some((id, i) => id !== ids[i]))) {
    throw new ProtocolViolationError('prompt_token_ids differ from the prompt that was sent; is it being cut?', site);
  }
  return ids;
}

function toCompletion(choice: Choice): Completion {
  return { text: choice.text, tokenIds: choice.token_ids, finishReason: choice.finish_reason };
}
