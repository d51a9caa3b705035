import type { Winner } from './judge-prompts';

export interface Comparison {
  one: number;
  other: number;
  /** Of `one`: 1 won, ½ tie, 0 lost; null where the judge did not answer in both orders. */
  outcome: number | null;
}

/** Each of `count` players against the next `opponents` in a circle; no pair twice. */
export function comparisonsOf(count: number, opponents: number): { one: number; other: number }[] {
  const steps = Math.min(opponents, Math.floor(count / 2));
  const pairs: { one: number; other: number }[] = [];
  for (let step = 1; step <= steps; step += 1) {
    const isHalfway = step * 2 === count;
    for (let one = 0; one < (isHalfway ? step : count); one += 1) pairs.push({ one, other: (one + step) % count });
  }
  return pairs;
}

/**
 * What a pair came to for the first of it, from a verdict in each order: a judge that always prefers a place gives a
 * tie. null where one of the two is missing, for the other alone would carry the place's advantage.
 */
export function pairOutcome(inOrder: Winner | null, swapped: Winner | null): number | null {
  if (inOrder === null || swapped === null) return null;
  const points = { A: 1, tie: 0.5, B: 0 };
  return (points[inOrder] + 1 - points[swapped]) / 2;
}

/**
 * Each player's mean outcome, ties ½; null where none of its comparisons was told. A player without any to play, for
 * all completions are equal, has ½.
 */
export function winShares(count: number, comparisons: readonly Comparison[]): (number | null)[] {
  return Array.from({ length: count }, (_, player) => {
    const own = comparisons.filter(({ one, other }) => one === player || other === player);
    if (own.length === 0) return 0.5;
    const told = own.flatMap(({ one, outcome }) => (outcome === null ? [] : [one === player ? outcome : 1 - outcome]));
    return told.length === 0 ? null : told.reduce((sum, outcome) => sum + outcome, 0) / told.length;
  });
}
