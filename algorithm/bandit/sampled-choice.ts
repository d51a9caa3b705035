import type { Random } from '../seeded-random';
import type { Candidate, Choice } from './define-bandit';

/** A candidate drawn with its propensity, from one uniform number. Rounding at the upper end goes to the last that can be drawn. */
export function sampledChoice(
  candidates: readonly Candidate[],
  propensities: readonly number[],
  random: Random,
): Choice {
  const target = random.nextFloat();
  let reached = 0;
  let chosen = candidates[0] as Candidate;
  for (const [i, candidate] of candidates.entries()) {
    const propensity = propensities[i] ?? 0;
    if (propensity > 0) chosen = candidate;
    reached += propensity;
    if (target < reached) break;
  }
  return { chosen, propensities };
}
