import { z } from 'zod';
import { checkCount } from './check-count';
import { finiteOrNull } from './finite-or-null';
import type { CallOptions, ModelServer } from './http';

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
 * A reward may come as a list of one, as a model's output of shape [n, 1] becomes.
 */
export async function getOpenRlhfRewards(
  server: ModelServer,
  { path, queries, prompts, labels }: GetOpenRlhfRewardsRequest,
  options: CallOptions = {},
): Promise<(number | null)[]> {
  const body = { query: queries, prompts, labels };
  const { reply, site } = await server.callJson({ method: 'POST', path, body, ...options }, replySchema);
  checkCount(reply.rewards, queries.length, site);
  return reply.rewards.map((reward) =>
    finiteOrNull(Array.isArray(reward) && reward.length === 1 ? (reward[0] as unknown) : reward),
  );
}
