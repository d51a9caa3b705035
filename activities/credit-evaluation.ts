import { z } from 'zod';
import { heldOutGain, outcomePoints, type Pulls } from '../algorithm';
import { artifactRef } from '../contract/artifact';
import type { BanditLogEntry, ChoiceEvidence } from '../contract/bandit-log';
import { banditReward } from '../contract/bandit-reward';
import { guardOf } from '../contract/bandit-reward-needs';
import { measuredOutcome, type MeasuredOutcome } from '../contract/evaluation';
import { promptRecord } from '../contract/round';
import { observationsOf, trustsEvidence } from './bandit-log';
import { choicesSince, type PastChoice } from './bandit-reward/choices-since';
import { guardAlarms } from './bandit-reward/guard-alarms';
import type { ActivityDependencies } from './dependencies';
import { extendBandit, recallBandit } from './recall-bandit';

const measurement = z.strictObject({ iteration: z.int().nonnegative(), outcomes: artifactRef });

const input = z.strictObject({
  options: banditReward,
  banditLog: artifactRef,
  roundLog: artifactRef,
  trainPrompts: artifactRef.describe('Say which category a prompt is of.'),
  before: measurement,
  after: measurement,
});
export type CreditEvaluationInput = z.infer<typeof input>;

/**
 * Tells the bandit what its choices between two measurements of held-out accuracy (or win rate) were worth: each pull gets
 * the gain of its categories. As bandit reward, these are the observations, entered only now; for the guard, they are its evidence.
 * A category that was not measured both times says nothing. Asked twice, it answers the same log.
 */
export async function creditEvaluation({ store }: ActivityDependencies, raw: CreditEvaluationInput) {
  const { options, banditLog, roundLog, trainPrompts, before, after } = input.parse(raw);
  const guard = guardOf(options);
  const known = await recallBandit(store, banditLog);
  const trusting = trustsEvidence(known);
  const categories = await store.getJsonLines(trainPrompts, promptRecord);
  const choices = await choicesSince(store, { roundLog, iteration: before.iteration, prompts: categories });
  const credit = creditOf(
    await store.getJsonLines(before.outcomes, measuredOutcome),
    await store.getJsonLines(after.outcomes, measuredOutcome),
    choices,
  );
  const isReward = options.type === 'heldOutGain' || trusting;
  const added = choices.flatMap((choice): BanditLogEntry[] => {
    const evidence = credit(choice);
    if (evidence === null) return [];
    const { iteration, round, scope } = choice;
    if (!isReward) return [{ type: 'evidence', iteration, round, scope, evidence }];
    const { context, rewardModelId: armId, propensity, categories: own } = choice;
    if (context === null) return [];
    const { rawReward, reward } = evidence;
    const category = own.length === 1 ? own[0]! : null;
    const observation = { iteration, round, scope, armId, context, propensity, rawReward, reward, category };
    return [{ type: 'observation', observation: { ...observation, ...(guard && { evidence }) } }];
  });
  const alarms =
    guard && !trusting
      ? guardAlarms(
          {
            settings: guard,
            rewardModelIds: known.state.arms.map(({ arm }) => arm),
            categories: [...new Set(categories.map(({ category }) => category ?? 'all'))].sort(),
          },
          observationsOf(known),
          observationsOf({ entries: [...known.entries, ...added] }),
        )
      : [];
  if (alarms.length > 0 && guard?.action === 'trustEvidence') {
    const last = choices.at(-1)!;
    const change = { type: 'trustEvidence' as const };
    added.push({ type: 'change', iteration: last.iteration, round: last.round, change });
  }
  return { banditLog: await extendBandit(store, banditLog, added), alarms };
}

/** What each choice is worth by the gain of its categories; a held-out prompt is evidence once on each reward model. */
function creditOf(
  before: readonly MeasuredOutcome[],
  after: readonly MeasuredOutcome[],
  choices: readonly PastChoice[],
): (choice: PastChoice) => ChoiceEvidence | null {
  const accuracies = [accuracyOf(before), accuracyOf(after)] as const;
  const isMeasured = (category: string) => accuracies.every((accuracy) => accuracy[category] !== undefined);
  const pulls = choices.flatMap(({ rewardModelId, categories }): Pulls[] =>
    categories.filter(isMeasured).map((category) => ({ category, rewardModelId, count: 1 })),
  );
  const { banditRewards } = heldOutGain(...accuracies, pulls);
  const earlierPoints = new Map(before.map((outcome) => [outcome.promptId, outcomePoints(outcome)]));
  const told = new Set<string>();
  return ({ rewardModelId, categories }) => {
    const measured = categories.filter(isMeasured);
    if (measured.length === 0) return null;
    const rewards = measured.map((category) => banditRewards[category]![rewardModelId]!);
    const reward = rewards.reduce((sum, one) => sum + one, 0) / rewards.length;
    const items = measured.flatMap((category) => {
      if (told.has(`${rewardModelId} ${category}`)) return [];
      told.add(`${rewardModelId} ${category}`);
      return after.flatMap((outcome) => {
        const [earlier, points] = [earlierPoints.get(outcome.promptId) ?? null, outcomePoints(outcome)];
        if (outcome.category !== category || earlier === null || points === null) return [];
        return [{ category, value: points - earlier }];
      });
    });
    return { rawReward: 2 * reward - 1, reward, items };
  };
}

function accuracyOf(outcomes: readonly MeasuredOutcome[]): Record<string, number> {
  const sums = new Map<string, { points: number; total: number }>();
  for (const outcome of outcomes) {
    const points = outcomePoints(outcome);
    if (points === null) continue;
    const sum = sums.get(outcome.category) ?? { points: 0, total: 0 };
    sums.set(outcome.category, { points: sum.points + points, total: sum.total + 1 });
  }
  return Object.fromEntries([...sums].map(([category, { points, total }]) => [category, points / total]));
}
