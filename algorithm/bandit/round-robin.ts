import { averageReward } from './average-reward';
import { defineBandit } from './define-bandit';
import { greedyChoice } from './greedy-choice';

/** The number of pulls of any arm before this arm's latest, plus one; 0 before its first. */
export interface RoundRobinKnowledge {
  readonly latestPull: number;
}

/**
 * Idea: the arms in turn. Whoever has waited longest is next, so an arm that was masked or has joined has its turn
 * at once and no counter needs mending.
 *
 *   score_k = pulls so far − pull at which k was last pulled
 *
 * Degenerate: selections made before the update that follows them see the same state and pick the same arm.
 */
export const roundRobin = defineBandit<Record<string, never>, RoundRobinKnowledge>({
  type: 'roundRobin',
  contextual: false,
  validate: () => undefined,
  initialKnowledge: () => ({ latestPull: 0 }),
  estimate: (arm, _context, { pulls }) => ({
    mean: averageReward(arm),
    width: 0,
    score: pulls - arm.knowledge.latestPull,
  }),
  decide: greedyChoice,
  learn: (_arm, _observation, { pulls }) => ({ latestPull: pulls + 1 }),
});
