import { cancellationSignal } from '@temporalio/activity';
import { z } from 'zod';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import type { HeldOutAnswer } from '../contract/evaluation';
import { policyServing, policyVersion } from '../contract/policy';
import { promptRecord } from '../contract/round';
import { stepLabel } from '../contract/training';
import { answerHeldOut } from './answer-held-out';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({
  label: stepLabel,
  serving: policyServing,
  policy: policyVersion,
  prompts: artifactRef,
  maxTokens: z.int().positive(),
  stop: z.array(z.string()),
  temperature: z.number().min(0),
  seed: z.int().nonnegative().describe('Of the samples; greedy answers do not depend on it.'),
});
export type AnswerPromptsInput = z.infer<typeof input>;

/** The policy's answer to every held-out prompt, for a judge: JSON lines of HeldOutAnswer in the order of the prompts. */
export async function answerPrompts(dependencies: ActivityDependencies, raw: AnswerPromptsInput) {
  const { label, serving, policy, prompts, maxTokens, stop, temperature, ...sampled } = input.parse(raw);
  const { store } = dependencies;
  const seed = temperature === 0 ? 0 : sampled.seed;
  return runStep(store, {
    name: 'answerPrompts',
    version: 1,
    label,
    inputs: {
      ...{ prompts, maxTokens, stop, temperature, seed },
      adapter: policy.adapter,
      baseModel: serving.baseModel.revision,
      promptFormat: serving.promptFormat,
    },
    work: async () => {
      const signal = cancellationSignal();
      const records = await store.getJsonLines(prompts, promptRecord);
      const sampling = { temperature, maxTokens, stop, seed };
      const texts = await answerHeldOut(dependencies, { serving, policy, records, sampling, signal });
      const answers = records.map(({ promptId }, index): HeldOutAnswer => ({ promptId, text: texts[index]! }));
      return { answers: await store.putJsonLines(answers) };
    },
  });
}
