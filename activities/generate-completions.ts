import { cancellationSignal } from '@temporalio/activity';
import { z } from 'zod';
import { deriveSeed } from '../algorithm';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { policyServing, policyVersion } from '../contract/policy';
import type { PromptCompletions } from '../contract/round';
import { stepLabel } from '../contract/training';
import { generateCompletions as requestCompletions } from '../model-server';
import type { ActivityDependencies } from './dependencies';
import { formatPrompts } from './format-prompts';
import { plainSampling } from './plain-sampling';
import { readPromptBatch } from './prompt-batch';
import { servePolicy } from './serve-policy';

const input = z.strictObject({
  label: stepLabel,
  serving: policyServing,
  policy: policyVersion,
  plan: artifactRef.describe('PromptBatchPlan of the iteration.'),
  round: z.int().positive(),
  sampling: z.strictObject({
    completionsPerPrompt: z.int().positive(),
    temperature: z.number(),
    topP: z.number(),
    maxTokens: z.int().positive(),
    stop: z.array(z.string()),
  }),
  seed: z.int().nonnegative(),
});
export type GenerateCompletionsInput = z.infer<typeof input>;

/** n completions for each of the round's prompts from π(m−1), the same tokens at every attempt where the server allows it. */
export async function generateCompletions(dependencies: ActivityDependencies, raw: GenerateCompletionsInput) {
  const { label, serving, policy, plan, round, sampling, seed } = input.parse(raw);
  const { store } = dependencies;
  const batch = await readPromptBatch(store, plan, round);
  const requestSeed = deriveSeed(seed, 'generate', label.iteration, round);
  const outcome = await runStep(store, {
    name: 'generateCompletions',
    version: 1,
    label,
    inputs: {
      promptBatch: batch.ref,
      adapter: policy.adapter,
      baseModel: serving.baseModel.revision,
      promptFormat: serving.promptFormat,
      sampling,
      seed: requestSeed,
    },
    work: async () => {
      const signal = cancellationSignal();
      const server = dependencies.modelServer(serving.server);
      const model = await servePolicy(dependencies, serving, policy, serving.server, signal);
      const texts = batch.prompts.map((prompt) => prompt.prompt);
      const answers = await requestCompletions(
        server,
        {
          model,
          ...(await formatPrompts(server, serving, texts, signal)),
          completionsPerPrompt: sampling.completionsPerPrompt,
          sampling: { ...plainSampling, ...sampling, seed: requestSeed },
        },
        { signal },
      );
      const lines = answers.map((answer, index): PromptCompletions => {
        const { promptId, prompt } = batch.prompts[index]!;
        const completions = answer.completions.map((one) => ({ ...one, text: one.text.toWellFormed() }));
        return { promptId, prompt, promptTokenIds: answer.promptTokenIds, completions };
      });
      const tokens = lines.flatMap((line) => line.completions).reduce((sum, { tokenIds }) => sum + tokenIds.length, 0);
      return { completions: await store.putJsonLines(lines), tokens };
    },
  });
  return { ...outcome, category: batch.category };
}
