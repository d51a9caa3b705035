import { z } from 'zod';
import { ProtocolViolationError, type CallSite } from './errors';
import { finiteOrNull } from './finite-or-null';
import type { CallOptions, ModelServer } from './http';
import { orderByIndex } from './order-by-index';
import { scoreOrBisect } from './score-or-bisect';

/** Prompt and response as one token sequence, and which part of it is the response. */
export interface ResponseSpan {
  readonly tokenIds: readonly number[];
  /** First token of the response; at least 1, since the first token of a sequence has no probability. */
  readonly start: number;
  /** One past its last token. */
  readonly end: number;
}

export interface ScoreLoglikelihoodRequest {
  readonly model: string;
  readonly sequences: readonly ResponseSpan[];
}

/** log π(response | what is before it), in nats: summed over the span, and the mean over its tokens. */
export interface Loglikelihood {
  readonly sum: number;
  readonly mean: number;
}

const replySchema = z.looseObject({
  choices: z.array(
    z.looseObject({
      index: z.int().nonnegative(),
      prompt_token_ids: z.array(z.int().nonnegative()).nullish(),
      logprobs: z.looseObject({ token_logprobs: z.array(z.unknown()) }),
    }),
  ),
});
type Choice = z.output<typeof replySchema>['choices'][number];

/**
 * POST /v1/completions with echo and no new token: the log-likelihood of each span, in their order;
 * null where a token of the span has no finite log-probability.
 */
export function scoreLoglikelihood(
  server: ModelServer,
  { model, sequences }: ScoreLoglikelihoodRequest,
  options: CallOptions = {},
): Promise<(Loglikelihood | null)[]> {
  sequences.forEach(checkSpan);
  return scoreOrBisect(sequences, async (asked) => {
    const body = toBody(model, asked);
    const call = { method: 'POST', path: '/v1/completions', body, ...options } as const;
    const { reply, site } = await server.callJson(call, replySchema);
    const choices = orderByIndex(reply.choices, asked.length, site);
    return asked.map((span, i) => loglikelihoodOf(span, choices[i], site));
  });
}

function checkSpan({ tokenIds, start, end }: ResponseSpan, position: number): void {
  if (start < 1 || end <= start || end > tokenIds.length) {
    throw new RangeError(
      `sequences[${position}]: span ${start} to ${end} of ${tokenIds.length} tokens; it needs 1 ≤ start < end ≤ length`,
    );
  }
}

function toBody(model: string, sequences: readonly ResponseSpan[]): object {
  return {
    model,
    prompt: sequences.map((sequence) => sequence.tokenIds),
    n: 1,
    max_tokens: 0,
    echo: true,
    logprobs: 0,
    temperature: 1,
    top_p: 1,
    top_k: 0,
    min_p: 0,
    repetition_penalty: 1,
    return_token_ids: true,
  };
}

function loglikelihoodOf(span: ResponseSpan, choice: Choice | undefined, site: CallSite): Loglikelihood | null {
  const logprobs = choice?.logprobs.token_logprobs ?? [];
  if (logprobs.length !== span.tokenIds.length) {
    throw new ProtocolViolationError(`${logprobs.length} token_logprobs for ${span.tokenIds.length} tokens`, site);
  }
  const echoed = choice?.prompt_token_ids;
  if (echoed != null && (echoed.length !== logprobs.length || echoed.some((id, i) => id !== span.tokenIds[i]))) {
    throw new ProtocolViolationError('prompt_token_ids differ from the sequence that was sent', site);
  }
  let sum = 0;
  for (const logprob of logprobs.slice(span.start, span.end).map(finiteOrNull)) {
    if (logprob === null) return null;
    sum += logprob;
  }
  return Number.isFinite(sum) ? { sum, mean: sum / (span.end - span.start) } : null;
}
