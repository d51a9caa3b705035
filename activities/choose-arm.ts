import { seededRandom, type ContextVector } from '../algorithm';
import type { ArmDecision } from '../contract/round-record';
import type { RecalledBandit } from './recall-bandit';

/** What a choice comes to, wherever it is made for. */
export type ArmChoice = Pick<ArmDecision, 'rewardModelId' | 'propensity' | 'arms'>;

/** The bandit's choice in a context, with what it thought of every arm. The same seed gives the same choice. */
export function chooseArm(
  { bandit, state, mask }: Pick<RecalledBandit, 'bandit' | 'state' | 'mask'>,
  context: ContextVector,
  seed: number,
): ArmChoice {
  const { arm, propensity, arms } = bandit.selectArm(state, context, { random: seededRandom(seed), mask });
  return { rewardModelId: arm, propensity, arms: arms.map(({ arm: armId, ...opinion }) => ({ armId, ...opinion })) };
}
