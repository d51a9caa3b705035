import { averageReward } from './average-reward';
import { checkParameter } from './check-input';
import { defineBandit } from './define-bandit';
import { greedyChoice } from './greedy-choice';

export interface SequentialParameters {
  /** T ≥ 1, rounds in the whole schedule. */
  readonly rounds: number;
}

/**
 * Idea: the baseline that trains with one reward model after the other, in order, each for its part of the rounds.
 *
 *   due = ⌊pulls so far · K/T⌋, at most K − 1;   score_k = −(how many places k comes after the one due, going round)
 *
 * LASeR's "sequential" baseline. Parts differ by one round at most; past T rounds the last stays. While the one that is due
 * is masked, the next in order stands in. Degenerate: with more arms than rounds some have no part.
 */
export const sequential = defineBandit<SequentialParameters, null>({
  type: 'sequential',
  contextual: false,
  validate: ({ rounds }) => checkParameter('sequential', 'rounds', rounds, { low: 1 }),
  initialKnowledge: () => null,
  estimate(arm, _context, { arms, pulls, parameters: { rounds } }) {
    const active = arms.filter((each) => each.active);
    const due = Math.min(active.length - 1, Math.floor((pulls * active.length) / rounds));
    const place = active.findIndex((each) => each.arm === arm.arm);
    return { mean: averageReward(arm), width: 0, score: -((place - due + active.length) % active.length) };
  },
  decide: greedyChoice,
  learn: () => null,
});
