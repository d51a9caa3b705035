import { activityInfo } from '@temporalio/activity';
import { z } from 'zod';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { rewardModel } from '../contract/reward-model';
import { promptCompletions, type PromptScores } from '../contract/round';
import { stepLabel } from '../contract/training';
import type { ActivityDependencies } from './dependencies';
import { NoScoresError } from './errors';
import { scorers } from './scorers';
import { withHeartbeat } from './with-heartbeat';

const resolved = { servedModel: z.string().min(1), revision: z.string().min(1) };
const input = z.strictObject({
  label: stepLabel,
  rewardModel: rewardModel.and(z.object(resolved)),
  completions: artifactRef,
  prompts: z.array(z.int().nonnegative()).min(1).nullable().describe('Which of them, by place; null: all.'),
});
export type ScoreCompletionsInput = z.infer<typeof input>;

/** A round's completions (all, or those of some prompts) under one RM. A score that is missing or not finite is null, and counted. */
export async function scoreCompletions(dependencies: ActivityDependencies, raw: ScoreCompletionsInput) {
  const { label, rewardModel: model, completions, prompts: places } = input.parse(raw);
  const { store } = dependencies;
  return runStep(store, {
    name: 'scoreCompletions',
    version: 1,
    label,
    inputs: {
      completions,
      ...(places !== null && { prompts: places }),
      rewardModel: {
        kind: model.kind,
        revision: model.revision,
        ...(model.kind === 'classify' ? { input: model.input } : { span: model.span }),
      },
    },
    work: () =>
      withHeartbeat(async (signal) => {
        const all = await store.getJsonLines(completions, promptCompletions);
        const prompts = places === null ? all : places.map((place) => all[place]!);
        const items = prompts.flatMap((prompt) =>
          prompt.completions.map(({ text }) => ({ prompt: prompt.prompt, completion: text })),
        );
        const answers = await scorers[model.kind](
          dependencies.modelServer(model.server),
          model as never,
          items,
          signal,
        );
        const missing = answers.filter((score) => score === null).length;
        if (missing === items.length) throw new NoScoresError(model.id, items.length, activityInfo().attempt);
        let next = 0;
        const lines = prompts.map((prompt): PromptScores => {
          const scores = answers.slice(next, next + prompt.completions.length);
          next += prompt.completions.length;
          return { promptId: prompt.promptId, scores };
        });
        return { scores: await store.putJsonLines(lines), scored: items.length - missing, missing };
      }),
  });
}
