import { z } from 'zod';
import { ProtocolViolationError, type CallSite } from './errors';
import { finiteOrNull } from './finite-or-null';
import type { CallOptions, ModelServer } from './http';
import { orderByIndex } from './order-by-index';
import { scoreOrBisect } from './score-or-bisect';

export interface ClassifyTokensRequest {
  readonly model: string;
  readonly sequences: readonly (readonly number[])[];
  /** The token at which steps end: a server with STEP pooling sends rows for it alone. */
  readonly stepTokenId: number;
  /** Whose value to take in a row of several labels. */
  readonly label: number;
}

const replySchema = z.looseObject({
  data: z.array(z.looseObject({ index: z.int().nonnegative(), data: z.array(z.unknown()) })),
});

/**
 * POST /pooling of a token classifier: for each sequence its label's value by place of the token. The server's own
 * activation stays on (softmax over several labels, sigmoid of one), so values are probabilities. Understands rows for
 * all tokens (vLLM's ALL pooling) and rows for the step tokens alone (STEP). A sequence is null where the server
 * refuses it for a NaN; a value that is not finite is left out.
 */
export function classifyTokens(
  server: ModelServer,
  { model, sequences, stepTokenId, label }: ClassifyTokensRequest,
  options: CallOptions = {},
): Promise<(Map<number, number> | null)[]> {
  return scoreOrBisect(sequences, async (input) => {
    const body = { model, input, task: 'token_classify', encoding_format: 'float' };
    const { reply, site } = await server.callJson({ method: 'POST', path: '/pooling', body, ...options }, replySchema);
    return orderByIndex(reply.data, input.length, site).map(({ data }, index) => {
      const values = new Map<number, number>();
      for (const [row, place] of placesOf(data, input[index]!, stepTokenId, site).entries()) {
        const value = valueOf(data[row], label, model, site);
        if (value !== null) values.set(place, value);
      }
      return values;
    });
  });
}

/** The token that each row stands for. */
function placesOf(
  rows: readonly unknown[],
  tokenIds: readonly number[],
  stepTokenId: number,
  site: CallSite,
): readonly number[] {
  if (rows.length === tokenIds.length) return tokenIds.map((_, place) => place);
  const steps = tokenIds.flatMap((id, place) => (id === stepTokenId ? [place] : []));
  if (rows.length === steps.length) return steps;
  throw new ProtocolViolationError(
    `it sent ${rows.length} rows for ${tokenIds.length} tokens, ${steps.length} of them step tokens (${stepTokenId}); ` +
      'is its step_tag_id another?',
    site,
    false,
  );
}

function valueOf(row: unknown, label: number, model: string, site: CallSite): number | null {
  if (!Array.isArray(row)) return finiteOrNull(row);
  const values: unknown[] = row;
  if (values.length === 1) return finiteOrNull(values[0]);
  if (label < values.length) return finiteOrNull(values[label]);
  throw new ProtocolViolationError(
    `model '${model}' has ${values.length} labels, and label ${label} was asked for`,
    site,
    false,
  );
}
