import { z } from 'zod';
import { artifactRef } from '../contract/artifact';
import { banditObservation, type BanditLogEntry } from '../contract/bandit-log';
import type { ActivityDependencies } from './dependencies';
import { extendBandit } from './recall-bandit';

const input = z.strictObject({
  banditLog: artifactRef,
  observations: artifactRef.describe('JSON lines of BanditObservation.'),
  alarmIn: z
    .strictObject({ iteration: z.int().positive(), round: z.int().positive() })
    .optional()
    .describe('The round in which the guard found that the bandit is to trust evidence alone.'),
});
export type UpdateBanditInput = z.infer<typeof input>;

/** Tells the bandit what came of its choices. Asked twice, it answers the same log. */
export async function updateBandit({ store }: ActivityDependencies, raw: UpdateBanditInput) {
  const { banditLog, observations, alarmIn } = input.parse(raw);
  const observed = await store.getJsonLines(observations, banditObservation);
  const entries: BanditLogEntry[] = [
    ...observed.map((observation) => ({ type: 'observation' as const, observation })),
    ...(alarmIn ? [{ type: 'change' as const, ...alarmIn, change: { type: 'trustEvidence' as const } }] : []),
  ];
  return { banditLog: await extendBandit(store, banditLog, entries) };
}
