import { z } from 'zod';
import { artifactRef } from '../contract/artifact';
import type { BanditLogEntry, BanditObservation } from '../contract/bandit-log';
import { learnedSelection } from '../contract/learned-selection';
import { selection } from '../contract/selection';
import { scalingOf } from '../contract/selection-needs';
import {
  beginBanditLog,
  byEvidence,
  observationsOf,
  readBanditLog,
  trustsEvidence,
  type BanditLog,
} from './bandit-log';
import { banditOfSelection } from './bandit-of-selection';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({
  seed: z.int().nonnegative(),
  selection,
  arms: z.array(z.string()).min(1),
  rounds: z.int().positive().optional().describe('T of the whole campaign; sequential and onlineEnsemble need it.'),
  learned: artifactRef
    .optional()
    .describe('LearnedSelection, for ways of selecting that learn before the first round.'),
  previous: artifactRef.optional().describe('Bandit log to go on from.'),
});
export type CreateBanditInput = z.infer<typeof input>;

/**
 * The bandit that a campaign begins with. Its parameters are tried before the campaign spends anything. It has seen
 * nothing, or what a previous one observed of the arms that still exist; nothing either where contexts were scaled
 * another way, because they could not be compared.
 */
export async function createBandit({ store }: Pick<ActivityDependencies, 'store'>, raw: CreateBanditInput) {
  const { previous, ...origin } = input.parse(raw);
  const { selection: chosen, arms } = origin;
  const learned = origin.learned && (await store.getJson(origin.learned, learnedSelection));
  banditOfSelection(chosen, arms, { ...origin, learned });
  let entries: BanditLogEntry[] = [];
  if (previous) {
    const log = await readBanditLog(store, previous);
    const comparable = scalingOf(log.selection) === scalingOf(chosen);
    const kept = comparable ? learnedFrom(log).filter(({ armId }) => arms.includes(armId)) : [];
    // A loss means nothing beside those of another run: its policy was another.
    entries = kept.map(({ loss: _loss, ...observation }) => ({ type: 'observation', observation }));
  }
  return { banditLog: await beginBanditLog(store, origin, entries) };
}

function learnedFrom(log: BanditLog): BanditObservation[] {
  const observations = observationsOf(log);
  return trustsEvidence(log) ? observations.flatMap((observation) => byEvidence(observation) ?? []) : observations;
}
