import { z } from 'zod';
import { ProtocolViolationError } from './errors';
import { finiteOrNull } from './finite-or-null';
import type { CallOptions, ModelServer } from './http';

export interface GetSlimeRewardRequest {
  readonly path: `/${string}`;
  readonly prompt: string;
  readonly response: string;
  /** Verified answer; null where there is none. */
  readonly label: string | null;
  /** Where the reward stands, if the server sends an object. */
  readonly rewardKey?: string | undefined;
}

/** A server for slime's --rm-type remote_rm: the reward of one completion; null where it is not finite. */
export async function getSlimeReward(
  server: ModelServer,
  { path, rewardKey, ...body }: GetSlimeRewardRequest,
  options: CallOptions = {},
): Promise<number | null> {
  const { reply, site } = await server.callJson({ method: 'POST', path, body, ...options }, z.unknown());
  const isObject = typeof reply === 'object' && reply !== null && !Array.isArray(reply);
  if (rewardKey === undefined && !isObject && !Array.isArray(reply)) return finiteOrNull(reply);
  const entries = isObject ? (reply as Record<string, unknown>) : {};
  if (rewardKey !== undefined && Object.hasOwn(entries, rewardKey)) return finiteOrNull(entries[rewardKey]);
  const keys = Object.keys(entries).join(', ');
  const wanted = rewardKey === undefined ? 'a number; name the key to take in rewardKey' : `"${rewardKey}"`;
  const sent = isObject ? `an object of ${keys === '' ? 'nothing' : keys}` : 'no object';
  throw new ProtocolViolationError(`it sent ${sent}, not ${wanted}`, site, false);
}
