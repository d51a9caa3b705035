import { epsilonGreedy } from './epsilon-greedy';
import { exp3 } from './exp3';
import { fixedArm } from './fixed-arm';
import { linThompson } from './lin-thompson';
import { linUcb } from './lin-ucb';
import { roundRobin } from './round-robin';
import { uniform } from './uniform';

export { epsilonGreedy, exp3, fixedArm, linThompson, linUcb, roundRobin, uniform };
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
export type { EpsilonGreedyParameters } from './epsilon-greedy';
export type { Exp3Parameters } from './exp3';
export type { FixedArmParameters } from './fixed-arm';
export type { LinThompsonParameters } from './lin-thompson';
export type { LinUcbParameters } from './lin-ucb';

/** Every bandit by its `type`, which is how a campaign file names it. */
export const bandits = { epsilonGreedy, exp3, fixedArm, linThompson, linUcb, roundRobin, uniform } as const;
export type BanditType = keyof typeof bandits;
