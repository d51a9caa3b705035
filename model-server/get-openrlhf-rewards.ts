import { z } from 'zod';
import { checkCount } from './check-count';
import { finiteOrNull } from './finite-or-null';
import type { CallOptions, ModelServer } from './http';
import { scoreOrBisect } from './score-or-bisect';

export interface GetOpenRlhfRewardsRequest {
  readonly path: `/${string}`;
  /** Prompt and completion as one text, as the reward model was trained to see them. */
  readonly queries: readonly string[];
  readonly prompts: readonly string[];
  /** Verified answers; null where there is none. */
  readonly labels: readonly (string | null)[];
}

const replySchema = z.looseObject({ rewards: z.array(z.unknown()) });

/**
 * A server for OpenRLHF's --reward.remote_url: the reward of each query, in their order; null where it is not finite.
 * A reward may come as a list of one, as a model's output of shape [n, 1] becomes. A NaN makes it answer the whole request
 * with a bare 500, so the culprit is looked for.
 */
export function getOpenRlhfRewards(
  server: ModelServer,
  { path, queries, prompts, labels }: GetOpenRlhfRewardsRequest,
  options: CallOptions = {},
): Promise<(number | null)[]> {
  const ask = async (places: readonly number[]) => {
    const of = <Value>(all: readonly Value[]) => places.map((place) => all[place]!);
    const body = { query: of(queries), prompts: of(prompts), labels: of(labels) };
    const { reply, site } = await server.callJson({ method: 'POST', path, body, ...options }, replySchema);
    checkCount(reply.rewards, places.length, site);
    return reply.rewards.map((reward) =>
      finiteOrNull(Array.isArray(reward) && reward.length === 1 ? (reward[0] as unknown) : reward),
    );
  };
  return scoreOrBisect([...queries.keys()], ask, { bareErrorMayBeOneInput: true });
}
