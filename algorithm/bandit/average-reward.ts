import type { Arm } from './bandit';

/** Mean of the rewards an arm has brought; `unpulled` where it has brought none. */
export function averageReward({ pulls, rewardSum }: Arm, unpulled = 0): number {
  return pulls === 0 ? unpulled : rewardSum / pulls;
}
