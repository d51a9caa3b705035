import { z } from 'zod';
import { banditLog } from '../contract/bandit-log';
import { selection } from '../contract/selection';
import { banditOfSelection } from './bandit-of-selection';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({ seed: z.int().nonnegative(), selection, arms: z.array(z.string()).min(1) });
export type CreateBanditInput = z.infer<typeof input>;

/** A bandit that has seen nothing. Its parameters are tried before the campaign spends anything. */
export async function createBandit({ store }: ActivityDependencies, raw: CreateBanditInput) {
  const { seed, selection: chosen, arms } = input.parse(raw);
  banditOfSelection(chosen, arms);
  return { banditLog: await store.putJson(banditLog.parse({ seed, selection: chosen, arms, observations: [] })) };
}
