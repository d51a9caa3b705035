import { averageReward } from './average-reward';
import type { ArmId } from './bandit';
import { defineBandit } from './define-bandit';
import { greedyChoice } from './greedy-choice';

export interface FixedArmParameters {
  readonly arm: ArmId;
}

/**
 * Idea: the baseline that always asks the same reward model.
 *
 *   score_k = 1 if k is the fixed arm, else 0
 *
 * LASeR's "best RM" baseline. Degenerate: while the arm is masked there is nothing to choose, and selecting throws
 * rather than ask another; for the same reason the arm cannot be removed.
 */
export const fixedArm = defineBandit<FixedArmParameters, null>({
  type: 'fixedArm',
  contextual: false,
  validate({ arm }, arms) {
    if (arms.includes(arm)) return;
    throw new Error(`fixedArm: '${arm}' is not one of the arms (${arms.join(', ')}); fix one of these, or keep it.`);
  },
  initialKnowledge: () => null,
  estimate: (arm, _context, { parameters }) => ({
    mean: averageReward(arm),
    width: 0,
    score: arm.arm === parameters.arm ? 1 : 0,
  }),
  decide(candidates, { parameters }) {
    const choice = greedyChoice(candidates);
    if (choice.chosen.arm === parameters.arm) return choice;
    throw new Error(`fixedArm: '${parameters.arm}' is masked and no other may stand in; wait until it is back.`);
  },
  learn: () => null,
});
