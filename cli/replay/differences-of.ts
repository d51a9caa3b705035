import type { ArmChoice } from '../../activities/choose-arm';
import type { ReplayOutput } from '../../contract/cli-output/inspection';
import type { ArmDecision } from '../../contract/round-record';

type Difference = Pick<ReplayOutput['differences'][number], 'what' | 'recorded' | 'recomputed'>;

/** Where a recomputed decision is another than the recorded one; numbers must be the same to the last bit. */
export function differencesOf(recorded: ArmDecision, recomputed: ArmChoice): Difference[] {
  const found: Difference[] = [];
  const compare = (what: string, left: string | number | boolean | null, right: string | number | boolean | null) => {
    if (left !== right) found.push({ what, recorded: left, recomputed: right });
  };
  compare('the choice', recorded.rewardModelId, recomputed.rewardModelId);
  compare('the propensity', recorded.propensity, recomputed.propensity);
  const arms = new Map(recomputed.arms.map((arm) => [arm.armId, arm]));
  for (const { armId, score, mean, width, available } of recorded.arms) {
    const arm = arms.get(armId);
    arms.delete(armId);
    compare(`the score of ${armId}`, score, arm?.score ?? null);
    compare(`the mean of ${armId}`, mean, arm?.mean ?? null);
    compare(`the width of ${armId}`, width, arm?.width ?? null);
    compare(`whether ${armId} was available`, available, arm?.available ?? null);
  }
  for (const armId of arms.keys()) compare(`the arm ${armId}`, null, 'present');
  return found;
}
