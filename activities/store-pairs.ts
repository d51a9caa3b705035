import { seededRandom } from '../algorithm';
import type { ArtifactStore } from '../artifact-store';
import type { PreferencePair } from '../contract/round';

/**
 * A round's pairs, prompts mixed, in the order they are trained on; with `keepOut`, the last of them are kept out of the
 * training step, at least one if there are two.
 * @returns the pairs and those kept out, each null if there are none, and the count of both.
 */
export async function storePairs(
  store: ArtifactStore,
  records: readonly PreferencePair[],
  { seed, keepOut }: { seed: number; keepOut: number },
) {
  const ordered = seededRandom(seed).shuffle(records);
  const unseen = keepOut === 0 || ordered.length < 2 ? 0 : Math.max(1, Math.floor(keepOut * ordered.length));
  const seen = ordered.length - unseen;
  return {
    pairs: seen === 0 ? null : await store.putJsonLines(ordered.slice(0, seen)),
    unseenPairs: unseen === 0 ? null : await store.putJsonLines(ordered.slice(seen)),
    count: ordered.length,
  };
}
