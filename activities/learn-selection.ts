import { z } from 'zod';
import {
  bradleyTerryPriors,
  rankingAccuracyPriors,
  rightness,
  trainBradleyTerryRouter,
  trainRewardModelClassifier,
  type LabelledPreference,
} from '../algorithm';
import { runStep, type ArtifactStore } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { learnedSelection, type LearnedSelection } from '../contract/learned-selection';
import { contextArtifact, promptScores } from '../contract/round';
import { selection, type Selection } from '../contract/selection';
import { stepLabel } from '../contract/training';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({
  label: stepLabel,
  selection,
  contexts: artifactRef.describe('JSON lines of ContextArtifact, from embedLabelled.'),
  scoring: z.array(z.strictObject({ rewardModelId: z.string().min(1), scores: artifactRef })).min(1),
});
export type LearnSelectionInput = z.infer<typeof input>;

/** What a way of selecting learns from labelled preferences before the first round: a LearnedSelection. */
export async function learnSelection({ store }: ActivityDependencies, raw: LearnSelectionInput) {
  const { label, selection: chosen, contexts, scoring } = input.parse(raw);
  return runStep(store, {
    name: 'learnSelection',
    version: 1,
    label,
    inputs: { learning: optionsOf(chosen), contexts, scoring },
    work: async () => {
      const preferences = await readPreferences(store, { contexts, scoring });
      const ids = scoring.map(({ rewardModelId }) => rewardModelId);
      return { learned: await store.putJson(learnedSelection.parse(learn(chosen, preferences, ids))) };
    },
  });
}

function learn(chosen: Selection, preferences: LabelledPreference[], ids: string[]): LearnedSelection | null {
  if (chosen.type === 'classifier') {
    return { type: 'classifier', classifier: mutable(trainRewardModelClassifier(preferences, ids, chosen)) };
  }
  if (chosen.type === 'bayesianRouter' && chosen.prior) {
    const router = trainBradleyTerryRouter(preferences, ids, chosen.prior);
    return { type: 'priors', priors: mutable(bradleyTerryPriors(router, chosen.prior)) };
  }
  if (chosen.type === 'laser' && chosen.bandit.type === 'linThompson' && chosen.bandit.prior) {
    return { type: 'priors', priors: mutable(rankingAccuracyPriors(preferences, ids, chosen.bandit.prior)) };
  }
  return null;
}

/** What of a selection determines what it learns; no path. */
function optionsOf(chosen: Selection) {
  if (chosen.type === 'classifier') return { type: chosen.type, l2: chosen.l2 };
  const prior =
    'prior' in chosen ? chosen.prior : 'bandit' in chosen && 'prior' in chosen.bandit && chosen.bandit.prior;
  const { labelled: _labelled, ...options } = prior || { labelled: null };
  return { type: chosen.type, ...options };
}

async function readPreferences(
  store: ArtifactStore,
  { contexts, scoring }: Pick<LearnSelectionInput, 'contexts' | 'scoring'>,
): Promise<LabelledPreference[]> {
  const scored = await Promise.all(
    scoring.map(async ({ rewardModelId, scores }) => ({
      rewardModelId,
      lines: await store.getJsonLines(scores, promptScores),
    })),
  );
  return (await store.getJsonLines(contexts, contextArtifact)).map(({ values: context }, index) => ({
    context,
    rightness: Object.fromEntries(
      scored.map(({ rewardModelId, lines }) => {
        const [better = null, worse = null] = lines[index]?.scores ?? [];
        return [rewardModelId, rightness(better, worse)];
      }),
    ),
  }));
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Mutable<Value[Key]> };

function mutable<Value>(value: Value): Mutable<Value> {
  return structuredClone(value);
}
