import { z } from 'zod';
import { buildPreferencePairs as pairsOfPrompt, deriveSeed, preferencePairRecord, seededRandom } from '../algorithm';
import { artifactRef } from '../contract/artifact';
import { pairing } from '../contract/campaign';
import { promptCompletions, promptScores } from '../contract/round';
import { stepLabel } from '../contract/training';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({
  label: stepLabel,
  completions: artifactRef,
  scores: artifactRef,
  options: pairing,
  seed: z.int().nonnegative(),
});
export type BuildPreferencePairsInput = z.infer<typeof input>;

/**
 * The round's preference pairs, prompts mixed, in the order they are trained on.
 * @returns the pairs (null if there are none), their count, prompts without a pair by reason, and completions left out.
 */
export async function buildPreferencePairs({ store }: ActivityDependencies, raw: BuildPreferencePairsInput) {
  const { label, completions, scores, options, seed } = input.parse(raw);
  const prompts = await store.getJsonLines(completions, promptCompletions);
  const scored = await store.getJsonLines(scores, promptScores);
  const stream = (name: string, index: number) => deriveSeed(seed, name, label.iteration, label.round, index);
  const promptsWithoutPairs: Record<string, number> = {};
  const completionsLeftOut: Record<string, number> = {};
  const records = prompts.flatMap((prompt, index) => {
    const own = scored[index];
    if (!own)
      throw new RangeError(`Scores of prompt "${prompt.promptId}" are missing: line ${index + 1} of the scores.`);
    const { pairsPerPrompt, strategy } = options;
    const result = pairsOfPrompt(prompt, own, { pairsPerPrompt, pairing: strategy, seed: stream('pairs', index) });
    if (result.reason) count(promptsWithoutPairs, result.reason, 1);
    for (const [reason, number] of Object.entries<number>({ ...result.dropped }))
      count(completionsLeftOut, reason, number);
    return result.pairs.map((pair) => preferencePairRecord(prompt, pair));
  });
  const ordered = seededRandom(stream('order', 0)).shuffle(records);
  return {
    pairs: ordered.length === 0 ? null : await store.putJsonLines(ordered),
    count: ordered.length,
    promptsWithoutPairs,
    completionsLeftOut,
  };
}

function count(counts: Record<string, number>, reason: string, number: number): void {
  if (number > 0) counts[reason] = (counts[reason] ?? 0) + number;
}
