import { z } from 'zod';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { policyServing, policyVersion } from '../contract/policy';
import { contextArtifact, type PromptRecord, type ScopedContext } from '../contract/round';
import { contextScaling, type Granularity } from '../contract/selection';
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
  granularity: z.enum(['round', 'category', 'prompt']),
});
export type EmbedPromptsInput = z.infer<typeof input>;

/**
 * The round's contexts c: the mean over prompts of the policy's last-token hidden state, scaled as the bandit takes it.
 * One for all prompts of the round, or one a category, or one a prompt.
 * @returns JSON lines of ScopedContext, and the dimension d.
 */
export async function embedPrompts(dependencies: ActivityDependencies, raw: EmbedPromptsInput) {
  const { label, serving, policy, plan, round, scaling, fitted, granularity } = input.parse(raw);
  const { store } = dependencies;
  const batch = await readPromptBatch(store, plan, round);
  return runStep(store, {
    name: 'embedPrompts',
    version: 3,
    label,
    inputs: {
      promptBatch: batch.ref,
      adapter: policy.adapter,
      baseModel: serving.baseModel.revision,
      promptFormat: serving.promptFormat,
      scaling,
      fitted,
      granularity,
    },
    work: () =>
      withHeartbeat(async (signal) => {
        const prompts = batch.prompts.map((prompt) => prompt.prompt);
        const embeddings = await embedTexts(dependencies, serving, policy, prompts, signal);
        const fit = fitted && (await store.getJson(fitted, fittedScaling));
        const contexts: ScopedContext[] = [];
        for (const { scope, places } of scopesOf(batch.prompts, granularity)) {
          const own = places.map((place) => embeddings[place]!);
          const values = scaleContext(meanVector(own), scaling, fit);
          const { sha256: context } = await store.putJson(contextArtifact.parse({ values }));
          contexts.push({ scope, context });
        }
        return { contexts: await store.putJsonLines(contexts), dimension: embeddings[0]!.length };
      }),
  });
}

/** The prompts of each scope by place, in order of first appearance. */
function scopesOf(prompts: readonly PromptRecord[], granularity: Granularity) {
  const scopes = new Map<string | null, number[]>();
  for (const [place, { promptId, category }] of prompts.entries()) {
    const scope = { round: null, category: category ?? 'all', prompt: promptId }[granularity];
    scopes.set(scope, [...(scopes.get(scope) ?? []), place]);
  }
  return [...scopes].map(([scope, places]) => ({ scope, places }));
}
