import { classifier } from './classifier';
import { epsilonGreedy } from './epsilon-greedy';
import { exp3 } from './exp3';
import { fixedArm } from './fixed-arm';
import { linThompson } from './lin-thompson';
import { linUcb } from './lin-ucb';
import { roundRobin } from './round-robin';
import { sequential } from './sequential';
import { uniform } from './uniform';

export { classifier, epsilonGreedy, exp3, fixedArm, linThompson, linUcb, roundRobin, sequential, uniform };
export { withCost } from './with-cost';
export { withExploration } from './with-exploration';
export type {
  Arm,
  ArmDecision,
  ArmId,
  Bandit,
  BanditState,
  ContextVector,
  Decision,
  Estimate,
  Observation,
  SelectionOptions,
} from './bandit';
export type { ClassifierParameters } from './classifier';
export type { EpsilonGreedyParameters } from './epsilon-greedy';
export type { Exp3Parameters } from './exp3';
export type { FixedArmParameters } from './fixed-arm';
export type { GaussianPrior } from './gaussian-prior';
export type { LinThompsonParameters } from './lin-thompson';
export type { LinUcbParameters } from './lin-ucb';
export type { SequentialParameters } from './sequential';
export type { CostOptions } from './with-cost';

/** Every bandit by its `type`, which is how a campaign file names it. */
export const bandits = {
  classifier,
  epsilonGreedy,
  exp3,
  fixedArm,
  linThompson,
  linUcb,
  roundRobin,
  sequential,
  uniform,
} as const;
export type BanditType = keyof typeof bandits;
