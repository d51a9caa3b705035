import { z } from 'zod';
import { artifactRef } from '../contract/artifact';
import { banditObservation } from '../contract/bandit-log';
import type { ActivityDependencies } from './dependencies';
import { extendBandit } from './recall-bandit';

const input = z.strictObject({ banditLog: artifactRef, observation: banditObservation });
export type UpdateBanditInput = z.infer<typeof input>;

/** Tells the bandit what came of its choice. Asked twice, it answers the same log. */
export async function updateBandit({ store }: ActivityDependencies, raw: UpdateBanditInput) {
  const { banditLog, observation } = input.parse(raw);
  return { banditLog: await extendBandit(store, banditLog, observation) };
}
