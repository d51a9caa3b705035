import { z } from 'zod';
import { artifactRef } from '../contract/artifact';
import { banditObservation } from '../contract/bandit-log';
import type { ActivityDependencies } from './dependencies';
import { extendBandit } from './recall-bandit';

const input = z.strictObject({
  banditLog: artifactRef,
  observations: artifactRef.describe('JSON lines of BanditObservation.'),
});
export type UpdateBanditInput = z.infer<typeof input>;

/** Tells the bandit what came of its choices. Asked twice, it answers the same log. */
export async function updateBandit({ store }: ActivityDependencies, raw: UpdateBanditInput) {
  const { banditLog, observations } = input.parse(raw);
  const entries = (await store.getJsonLines(observations, banditObservation)).map((observation) => ({
    type: 'observation' as const,
    observation,
  }));
  return { banditLog: await extendBandit(store, banditLog, entries) };
}
