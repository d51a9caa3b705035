import { z } from 'zod';
import { deriveSeed, seededRandom } from '../algorithm';
import { artifactRef } from '../contract/artifact';
import type { ActivityDependencies } from './dependencies';
import { readContext, recallBandit } from './recall-bandit';

const input = z.strictObject({
  banditLog: artifactRef,
  context: artifactRef,
  iteration: z.int().positive(),
  round: z.int().positive(),
});
export type SelectRewardModelInput = z.infer<typeof input>;

/** The bandit's choice for a round, with what it thought of every arm; both go into the history. */
export async function selectRewardModel({ store }: ActivityDependencies, raw: SelectRewardModelInput) {
  const { banditLog, context, iteration, round } = input.parse(raw);
  const { log, bandit, state } = await recallBandit(store, banditLog);
  const random = seededRandom(deriveSeed(log.seed, 'select', iteration, round));
  const decision = bandit.selectArm(state, await readContext(store, context.sha256), { random });
  return {
    rewardModelId: decision.arm,
    propensity: decision.propensity,
    arms: decision.arms.map(({ arm, score, mean, width, available }) => ({
      armId: arm,
      score,
      mean,
      width,
      available,
    })),
  };
}
