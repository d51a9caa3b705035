import { cancellationSignal } from '@temporalio/activity';
import { activityInfo } from '@temporalio/activity';
import { z } from 'zod';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { labelledPreference } from '../contract/labelled-preference';
import { resolvedRewardModel, type ResolvedRewardModel } from '../contract/reward-model';
import type { PromptScores } from '../contract/round';
import { stepLabel } from '../contract/training';
import type { ActivityDependencies } from './dependencies';
import { NoScoresError } from './errors';
import { scoreDeterminants, scoreTexts } from './scorers';

const input = z.strictObject({
  label: stepLabel,
  rewardModel: resolvedRewardModel,
  labelled: artifactRef.describe('JSON lines of LabelledPreference.'),
});
export type ScoreLabelledInput = Omit<z.input<typeof input>, 'rewardModel'> & { rewardModel: ResolvedRewardModel };

/** Labelled preferences under one RM: JSON lines of PromptScores, [chosen, rejected] each, in the order of the file. */
export async function scoreLabelled(dependencies: ActivityDependencies, raw: ScoreLabelledInput) {
  const { label, rewardModel: model, labelled } = input.parse(raw);
  const { store, modelServer, mathVerifier } = dependencies;
  return runStep(store, {
    name: 'scoreLabelled',
    version: 1,
    label,
    inputs: { labelled, rewardModel: scoreDeterminants(model) },
    work: async () => {
      const signal = cancellationSignal();
      const preferences = await store.getJsonLines(labelled, labelledPreference);
      // The better completion stands for the verified answer, for reward models that read one.
      const items = preferences.flatMap(({ prompt, chosen, rejected }) =>
        [chosen, rejected].map((completion) => ({ prompt, completion, answer: chosen })),
      );
      const { scores, missingBy } = await scoreTexts({ modelServer, mathVerifier, signal }, model, items);
      const missing = scores.filter((score) => score === null).length;
      if (missing === items.length) throw new NoScoresError(model.id, missingBy, activityInfo().attempt);
      const lines = preferences.map((_, index): PromptScores => {
        return { promptId: String(index), scores: scores.slice(2 * index, 2 * index + 2) };
      });
      return { scores: await store.putJsonLines(lines), missing };
    },
  });
}
