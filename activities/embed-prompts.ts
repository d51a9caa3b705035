import { z } from 'zod';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { policyServing, policyVersion } from '../contract/policy';
import { contextArtifact } from '../contract/round';
import { contextScaling } from '../contract/selection';
import { stepLabel } from '../contract/training';
import { meanVector, scaleContext } from '../algorithm';
import type { ActivityDependencies } from './dependencies';
import { embedTexts } from './embed-texts';
import { fittedScaling } from './fit-context-scaling';
import { readPromptBatch } from './prompt-batch';
import { withHeartbeat } from './with-heartbeat';

const input = z.strictObject({
  label: stepLabel,
  serving: policyServing,
  policy: policyVersion,
  plan: artifactRef.describe('PromptBatchPlan of the iteration.'),
  round: z.int().positive(),
  scaling: contextScaling,
  fitted: artifactRef.nullable().describe('FittedScaling; null unless scaling is centred.'),
});
export type EmbedPromptsInput = z.infer<typeof input>;

/**
 * The round's context c: mean over its prompts of the policy's last-token hidden state, scaled as the bandit takes it.
 * @returns the context artifact, its dimension d and its Euclidean norm after scaling.
 */
export async function embedPrompts(dependencies: ActivityDependencies, raw: EmbedPromptsInput) {
  const { label, serving, policy, plan, round, scaling, fitted } = input.parse(raw);
  const { store } = dependencies;
  const batch = await readPromptBatch(store, plan, round);
  return runStep(store, {
    name: 'embedPrompts',
    version: 2,
    label,
    inputs: {
      promptBatch: batch.ref,
      adapter: policy.adapter,
      baseModel: serving.baseModel.revision,
      promptFormat: serving.promptFormat,
      scaling,
      fitted,
    },
    work: () =>
      withHeartbeat(async (signal) => {
        const prompts = batch.prompts.map((prompt) => prompt.prompt);
        const embeddings = await embedTexts(dependencies, serving, policy, prompts, signal);
        const fit = fitted && (await store.getJson(fitted, fittedScaling));
        const values = scaleContext(meanVector(embeddings), scaling, fit);
        return {
          context: await store.putJson(contextArtifact.parse({ values })),
          dimension: values.length,
          norm: Math.hypot(...values),
        };
      }),
  });
}
