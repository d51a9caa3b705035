import { z } from 'zod';
import {
  agreementEnsemble,
  buildPreferencePairs as pairsOfPrompt,
  deriveSeed,
  preferencePairRecord,
  scoreEnsemble,
  type PreferencePairs,
} from '../algorithm';
import type { ArtifactStore } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { pairing } from '../contract/campaign';
import { promptCompletions, promptScores, type PromptCompletions, type PromptScores } from '../contract/round';
import { selection } from '../contract/selection';
import { stepLabel } from '../contract/training';
import type { ActivityDependencies } from './dependencies';
import { storePairs } from './store-pairs';

const scoring = z.strictObject({
  rewardModelId: z.string().min(1),
  prompts: z.array(z.int().nonnegative()).nullable().describe('Which of the round’s prompts, by place; null: all.'),
  scores: artifactRef.describe('JSON lines of PromptScores, in that order.'),
  weight: z.number().min(0).max(1).optional().describe('In the online ensemble.'),
});

const input = z.strictObject({
  label: stepLabel,
  completions: artifactRef,
  scoring: z.array(scoring).min(1),
  selection: selection.describe('Says how scores of several reward models for one prompt are put together.'),
  options: pairing,
  keepOut: z.number().min(0).lt(1).default(0).describe('Share of the pairs that the training step does not see.'),
  seed: z.int().nonnegative(),
});
export type BuildPreferencePairsInput = z.input<typeof input>;
type Parsed = z.infer<typeof input>;

/**
 * The round's preference pairs, prompts mixed, in the order they are trained on; with `keepOut`, the last of them are kept
 * out of the training step, at least one if there are two.
 * @returns the pairs (null if there are none), those kept out, the count of both, prompts without a pair by reason, and completions left out.
 */
export async function buildPreferencePairs({ store }: ActivityDependencies, raw: BuildPreferencePairsInput) {
  const { label, completions, scoring, selection, options, seed, keepOut } = input.parse(raw);
  const prompts = await store.getJsonLines(completions, promptCompletions);
  const scored = await scoresByPlace(store, scoring);
  const stream = (name: string, index: number) => deriveSeed(seed, name, label.iteration, label.round, index);
  const promptsWithoutPairs: Record<string, number> = {};
  const completionsLeftOut: Record<string, number> = {};
  const records = prompts.flatMap((prompt, index) => {
    const own = scored.get(index);
    if (!own)
      throw new RangeError(`Scores of prompt "${prompt.promptId}" are missing: place ${index} of the round’s prompts.`);
    const result = pairsFrom(prompt, own, { selection, options, seed: stream('pairs', index) });
    if (result.reason) count(promptsWithoutPairs, result.reason, 1);
    for (const [reason, number] of Object.entries<number>({ ...result.dropped }))
      count(completionsLeftOut, reason, number);
    return result.pairs.map((pair) => preferencePairRecord(prompt, pair));
  });
  return {
    ...(await storePairs(store, records, { seed: stream('order', 0), keepOut })),
    promptsWithoutPairs,
    completionsLeftOut,
  };
}

interface WeightedScores {
  line: PromptScores;
  weight: number | undefined;
}

/** Each prompt's scores, one list a reward model that scored it, by the prompt's place in the round. */
async function scoresByPlace(store: ArtifactStore, scoring: Parsed['scoring']) {
  const byPlace = new Map<number, WeightedScores[]>();
  for (const { prompts, scores, weight } of scoring) {
    const lines = await store.getJsonLines(scores, promptScores);
    for (const [index, line] of lines.entries()) {
      const place = prompts === null ? index : prompts[index]!;
      byPlace.set(place, [...(byPlace.get(place) ?? []), { line, weight }]);
    }
  }
  return byPlace;
}

function pairsFrom(
  prompt: PromptCompletions,
  own: readonly WeightedScores[],
  { selection, options, seed }: Pick<Parsed, 'selection' | 'options' | 'seed'>,
): PreferencePairs {
  const { pairsPerPrompt, strategy } = options;
  const scores = own.map(({ line }) => line);
  if (selection.type === 'agreementEnsemble') {
    return agreementEnsemble(prompt, scores, { pairsPerPrompt, candidatePairs: selection.candidatePairs, seed });
  }
  const one = common(selection, own) ?? scores[0]!;
  return pairsOfPrompt(prompt, one, { pairsPerPrompt, pairing: strategy, seed });
}

/** The opinion that reward models have together; null where one alone was asked for each prompt. */
function common({ type }: Parsed['selection'], own: readonly WeightedScores[]): PromptScores | null {
  const scores = own.map(({ line }) => line);
  if (type === 'scoreEnsemble') return scoreEnsemble(scores);
  return type === 'onlineEnsemble'
    ? scoreEnsemble(
        scores,
        own.map(({ weight = 0 }) => weight),
      )
    : null;
}

function count(counts: Record<string, number>, reason: string, number: number): void {
  if (number > 0) counts[reason] = (counts[reason] ?? 0) + number;
}
