import { z } from 'zod';
import { artifactRef } from '../contract/artifact';
import type { BanditLogEntry } from '../contract/bandit-log';
import { selection, type ContextScaling, type Selection } from '../contract/selection';
import { beginBanditLog, observationsOf, readBanditLog } from './bandit-log';
import { banditOfSelection } from './bandit-of-selection';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({
  seed: z.int().nonnegative(),
  selection,
  arms: z.array(z.string()).min(1),
  previous: artifactRef.optional().describe('Bandit log to go on from.'),
});
export type CreateBanditInput = z.infer<typeof input>;

/**
 * The bandit that a campaign begins with. Its parameters are tried before the campaign spends anything. It has seen
 * nothing, or what a previous one observed of the arms that still exist; nothing either where contexts were scaled
 * another way, because they could not be compared.
 */
export async function createBandit({ store }: Pick<ActivityDependencies, 'store'>, raw: CreateBanditInput) {
  const { seed, selection: chosen, arms, previous } = input.parse(raw);
  banditOfSelection(chosen, arms);
  let entries: BanditLogEntry[] = [];
  if (previous) {
    const log = await readBanditLog(store, previous);
    const comparable = scalingOf(log.selection) === scalingOf(chosen);
    const kept = comparable ? observationsOf(log).filter(({ armId }) => arms.includes(armId)) : [];
    entries = kept.map((observation) => ({ type: 'observation', observation }));
  }
  return { banditLog: await beginBanditLog(store, { seed, selection: chosen, arms }, entries) };
}

function scalingOf(chosen: Selection): ContextScaling {
  return chosen.type === 'laser' ? chosen.contextScaling : 'none';
}
