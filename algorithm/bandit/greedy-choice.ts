import type { Candidate, Choice } from './define-bandit';

/** The candidate with the highest score, for certain; the first of those that tie. */
export function greedyChoice(candidates: readonly Candidate[]): Choice {
  const chosen = candidates.reduce((best, candidate) => (candidate.score > best.score ? candidate : best));
  return { chosen, propensities: candidates.map((candidate) => (candidate === chosen ? 1 : 0)) };
}
