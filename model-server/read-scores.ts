import { z } from 'zod';
import { ProtocolViolationError, type CallSite } from './errors';
import { finiteOrNull } from './finite-or-null';
import { orderByIndex } from './order-by-index';

export const classifyReplySchema = z.looseObject({
  data: z.array(z.looseObject({ index: z.int().nonnegative(), probs: z.array(z.unknown()) })),
});

/** One raw score per input, in their order; null where the server gave no finite number. Never 0 for a missing one. */
export function readScores(
  reply: z.output<typeof classifyReplySchema>,
  count: number,
  model: string,
  site: CallSite,
): (number | null)[] {
  return orderByIndex(reply.data, count, site).map(({ probs }) => {
    if (probs.length !== 1) {
      throw new ProtocolViolationError(
        `model '${model}' has ${probs.length} labels; a reward model of kind 'classify' has exactly one`,
        site,
        false,
      );
    }
    return finiteOrNull(probs[0]);
  });
}
