import { cancellationSignal } from '@temporalio/activity';
import { activityInfo } from '@temporalio/activity';
import { z } from 'zod';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { readsAnswers, resolvedRewardModel, type ResolvedRewardModel } from '../contract/reward-model';
import { promptCompletions, type PromptScores } from '../contract/round';
import { stepLabel } from '../contract/training';
import type { ActivityDependencies } from './dependencies';
import { NoScoresError } from './errors';
import { readPromptBatch } from './prompt-batch';
import { scoreDeterminants, scoreTexts } from './scorers';

const input = z
  .strictObject({
    label: stepLabel,
    rewardModel: resolvedRewardModel,
    completions: artifactRef,
    prompts: z.array(z.int().nonnegative()).min(1).nullable().describe('Which of them, by place; null: all.'),
    plan: artifactRef.optional().describe('PromptBatchPlan of the iteration, for reward models that read answers.'),
    round: z.int().positive().optional(),
  })
  .refine(({ plan, round }) => (plan === undefined) === (round === undefined), 'plan and round come together');
export type ScoreCompletionsInput = Omit<z.input<typeof input>, 'rewardModel'> & { rewardModel: ResolvedRewardModel };

/**
 * A round's completions (all, or those of some prompts) under one RM. A score that is missing or not finite is null, and counted by its reason;
 * never 0.
 */
export async function scoreCompletions(dependencies: ActivityDependencies, raw: ScoreCompletionsInput) {
  const { label, rewardModel: model, completions, prompts: places, plan, round } = input.parse(raw);
  const { store, modelServer, mathVerifier } = dependencies;
  const asked = readsAnswers(model) && plan !== undefined ? await readPromptBatch(store, plan, round!) : null;
  return runStep(store, {
    name: 'scoreCompletions',
    version: 1,
    label,
    inputs: {
      completions,
      ...(places !== null && { prompts: places }),
      rewardModel: scoreDeterminants(model),
      ...(asked && { promptBatch: asked.ref }),
    },
    work: async () => {
      const signal = cancellationSignal();
      const all = await store.getJsonLines(completions, promptCompletions);
      const prompts = places === null ? all : places.map((place) => all[place]!);
      const answers = new Map(asked?.prompts.map(({ promptId, answer }) => [promptId, answer]));
      const items = prompts.flatMap(({ promptId, prompt, completions }) =>
        completions.map(({ text }) => ({ prompt, completion: text, answer: answers.get(promptId) })),
      );
      const { scores, missingBy } = await scoreTexts({ modelServer, mathVerifier, signal }, model, items);
      const missing = scores.filter((score) => score === null).length;
      if (missing === items.length) throw new NoScoresError(model.id, missingBy, activityInfo().attempt);
      let next = 0;
      const lines = prompts.map((prompt): PromptScores => {
        const own = scores.slice(next, next + prompt.completions.length);
        next += prompt.completions.length;
        return { promptId: prompt.promptId, scores: own };
      });
      return { scores: await store.putJsonLines(lines), scored: items.length - missing, missing, missingBy };
    },
  });
}
