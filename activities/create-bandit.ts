import { z } from 'zod';
import { artifactRef } from '../contract/artifact';
import { banditLog, type BanditObservation } from '../contract/bandit-log';
import { selection, type ContextScaling, type Selection } from '../contract/selection';
import { banditOfSelection } from './bandit-of-selection';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({
  seed: z.int().nonnegative(),
  selection,
  arms: z.array(z.string()).min(1),
  previous: artifactRef.optional().describe('BanditLog to go on from.'),
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
  let observations: BanditObservation[] = [];
  if (previous) {
    const log = await store.getJson(previous, banditLog);
    const comparable = scalingOf(log.selection) === scalingOf(chosen);
    observations = comparable ? log.observations.filter(({ armId }) => arms.includes(armId)) : [];
  }
  return { banditLog: await store.putJson(banditLog.parse({ seed, selection: chosen, arms, observations })) };
}

function scalingOf(chosen: Selection): ContextScaling {
  return chosen.type === 'laser' ? chosen.contextScaling : 'none';
}
