import { z } from 'zod';
import { rightness } from '../algorithm';
import { artifactRef } from '../contract/artifact';
import { preferencePair, promptCompletions, promptScores, type PreferencePair } from '../contract/round';
import { verifyPairs } from './bandit-reward/verify-pairs';
import type { ActivityDependencies } from './dependencies';
import { readPromptBatch } from './prompt-batch';
import { extendBandit } from './recall-bandit';

const input = z.strictObject({
  banditLog: artifactRef,
  iteration: z.int().positive(),
  round: z.int().positive(),
  plan: artifactRef,
  completions: artifactRef,
  pairs: artifactRef.describe('As the ensemble ordered them.'),
  scoring: z.array(z.strictObject({ rewardModelId: z.string().min(1), scores: artifactRef })).min(1),
  reference: z.enum(['ensemble', 'verified']),
  answerPattern: z.string().min(1),
});
export type WeighRewardModelsInput = z.infer<typeof input>;

/**
 * Tells the online ensemble how wrong each of its reward models was in a round: over the round's pairs, 1 where it orders
 * them the other way, ½ where it scores both alike, 0 where it is right; null where it scored no pair. What is right is the
 * ensemble's own order, or for `verified`, the order of the pairs of which one completion alone is correct. The weights are
 * a fold over these losses. Asked twice, it answers the same log.
 */
export async function weighRewardModels({ store }: ActivityDependencies, raw: WeighRewardModelsInput) {
  const { banditLog, iteration, round, plan, scoring, reference, answerPattern, ...refs } = input.parse(raw);
  const pairs = await store.getJsonLines(refs.pairs, preferencePair);
  const { prompts } = await readPromptBatch(store, plan, round);
  const ordered = reference === 'ensemble' ? pairs : pairs.flatMap((pair) => verifiedOrder(pair));
  const lines = await store.getJsonLines(refs.completions, promptCompletions);
  const textsOf = new Map(lines.map((line) => [line.promptId, line.completions.map(({ text }) => text)]));
  const losses = Object.fromEntries(
    await Promise.all(
      scoring.map(async ({ rewardModelId, scores }) => {
        const scoresOf = new Map(
          (await store.getJsonLines(scores, promptScores)).map(({ promptId, scores: own }) => [promptId, own]),
        );
        const scoreOf = (promptId: string, text: string) =>
          scoresOf.get(promptId)?.[textsOf.get(promptId)?.indexOf(text) ?? -1] ?? null;
        const right = ordered.flatMap(
          ({ promptId, chosen, rejected }) => rightness(scoreOf(promptId, chosen), scoreOf(promptId, rejected)) ?? [],
        );
        return [rewardModelId, right.length === 0 ? null : 1 - right.reduce((sum, one) => sum + one, 0) / right.length];
      }),
    ),
  ) as Record<string, number | null>;
  return { banditLog: await extendBandit(store, banditLog, [{ type: 'losses', iteration, round, losses }]), losses };

  function verifiedOrder(pair: PreferencePair): Pick<PreferencePair, 'promptId' | 'chosen' | 'rejected'>[] {
    const { promptId, chosen, rejected } = pair;
    const [verdict] = verifyPairs([pair], prompts, answerPattern);
    if (!verdict || verdict.chosenCorrect === verdict.rejectedCorrect) return [];
    return [verdict.chosenCorrect ? pair : { promptId, chosen: rejected, rejected: chosen }];
  }
}
