import { z } from 'zod';
import { deriveSeed, preferencePairRecord } from '../algorithm';
import type { ArtifactStore } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { promptCompletions, promptScores, routedPair, type PreferencePair } from '../contract/round';
import { stepLabel } from '../contract/training';
import type { ActivityDependencies } from './dependencies';
import { storePairs } from './store-pairs';

const input = z.strictObject({
  label: stepLabel,
  completions: artifactRef.describe('All of the round.'),
  routes: artifactRef.describe('JSON lines of RoutedPair.'),
  scoring: z.array(
    z.strictObject({
      rewardModelId: z.string().min(1),
      completions: artifactRef.describe('Those it was asked for.'),
      scores: artifactRef.describe('JSON lines of PromptScores, in that order.'),
    }),
  ),
  keepOut: z.number().min(0).lt(1),
  seed: z.int().nonnegative(),
});
export type OrderRoutedPairsInput = z.infer<typeof input>;

/**
 * The round's preference pairs where each was routed to a reward model of its own, which alone says which completion is
 * the better. A pair without both scores, or with equal ones, is left out.
 * @returns as `buildPreferencePairs`.
 */
export async function orderRoutedPairs({ store }: ActivityDependencies, raw: OrderRoutedPairsInput) {
  const { label, completions, routes, scoring, keepOut, seed } = input.parse(raw);
  const prompts = new Map(
    (await store.getJsonLines(completions, promptCompletions)).map((line) => [line.promptId, line]),
  );
  const scoreOf = await scoresByText(store, scoring);
  const without = new Map([...prompts.keys()].map((promptId) => [promptId, 'tooFewDistinct']));
  const records: PreferencePair[] = [];
  for (const { promptId, left, right, rewardModelId } of await store.getJsonLines(routes, routedPair)) {
    const prompt = prompts.get(promptId)!;
    const [one, other] = [left, right].map((place) =>
      scoreOf(rewardModelId, promptId, prompt.completions[place]!.text),
    );
    if (one == null || other == null || one === other) {
      if (without.has(promptId)) without.set(promptId, one == null || other == null ? 'noScores' : 'allTied');
      continue;
    }
    without.delete(promptId);
    const [chosen, rejected] = one > other ? [left, right] : [right, left];
    const chosenScore = Math.max(one, other);
    const rejectedScore = Math.min(one, other);
    records.push(preferencePairRecord(prompt, { chosen, rejected, chosenScore, rejectedScore }));
  }
  const promptsWithoutPairs: Record<string, number> = {};
  for (const reason of without.values()) promptsWithoutPairs[reason] = (promptsWithoutPairs[reason] ?? 0) + 1;
  const order = deriveSeed(seed, 'order', label.iteration, label.round, 0);
  return {
    ...(await storePairs(store, records, { seed: order, keepOut })),
    promptsWithoutPairs,
    completionsLeftOut: {},
  };
}

async function scoresByText(store: ArtifactStore, scoring: OrderRoutedPairsInput['scoring']) {
  const scores = new Map<string, number | null>();
  const key = (...parts: string[]) => JSON.stringify(parts);
  for (const { rewardModelId, ...refs } of scoring) {
    const asked = await store.getJsonLines(refs.completions, promptCompletions);
    const given = await store.getJsonLines(refs.scores, promptScores);
    for (const [index, { promptId, completions }] of asked.entries()) {
      completions.forEach(({ text }, place) =>
        scores.set(key(rewardModelId, promptId, text), given[index]?.scores[place] ?? null),
      );
    }
  }
  return (rewardModelId: string, promptId: string, text: string) =>
    scores.get(key(rewardModelId, promptId, text)) ?? null;
}
