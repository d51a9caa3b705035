import { cancellationSignal } from '@temporalio/activity';
import { z } from 'zod';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { policyServing, policyVersion } from '../contract/policy';
import { contextArtifact, type PromptRecord, type ScopedContext } from '../contract/round';
import { contextScaling, granularity, type Granularity } from '../contract/selection';
import { stepLabel } from '../contract/training';
import { meanVector, scaleContext } from '../algorithm';
import type { ActivityDependencies } from './dependencies';
import { embedTexts } from './embed-texts';
import { fittedScaling } from './fit-context-scaling';
import { readPromptBatch } from './prompt-batch';

const input = z.strictObject({
  label: stepLabel,
  serving: policyServing,
  policy: policyVersion,
  plan: artifactRef.describe('PromptBatchPlan of the iteration.'),
  round: z.int().positive(),
  scaling: contextScaling,
  fitted: artifactRef.nullable().describe('FittedScaling; null unless scaling is centred.'),
  granularity,
});
export type EmbedPromptsInput = z.infer<typeof input>;

type Scope = ScopedContext['scope'];

/**
 * The round's contexts c: the mean over prompts of the policy's last-token hidden state, scaled as the bandit takes it.
 * One for all prompts of the round, or one a category, or one a prompt; that of a prompt may be its category's, if it has one.
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
    work: async () => {
      const signal = cancellationSignal();
      const prompts = batch.prompts.map((prompt) => prompt.prompt);
      const embeddings = await embedTexts(dependencies, serving, policy, prompts, signal);
      const fit = fitted && (await store.getJson(fitted, fittedScaling));
      const contexts: ScopedContext[] = [];
      const stored = new Map<readonly number[], string>();
      for (const { scope, places } of scopesOf(batch.prompts, granularity)) {
        if (!stored.has(places)) {
          const values = scaleContext(meanVector(places.map((place) => embeddings[place]!)), scaling, fit);
          stored.set(places, (await store.putJson(contextArtifact.parse({ values }))).sha256);
        }
        contexts.push({ scope, context: stored.get(places)! });
      }
      return { contexts: await store.putJsonLines(contexts), dimension: embeddings[0]!.length };
    },
  });
}

/** The scopes in order of first appearance, each with the places of the prompts whose mean is its context; one list where they share it. */
function scopesOf(prompts: readonly PromptRecord[], granularity: Granularity): { scope: Scope; places: number[] }[] {
  const scopeOf = {
    round: () => null,
    category: ({ category }: PromptRecord) => category ?? 'all',
    prompt: ({ promptId }: PromptRecord) => promptId,
    promptInCategory: ({ promptId }: PromptRecord) => promptId,
  };
  const scopes = [...placesBy<Scope>(prompts, scopeOf[granularity])].map(([scope, places]) => ({ scope, places }));
  if (granularity !== 'promptInCategory') return scopes;
  const ofCategory = placesBy(prompts, ({ category }) => category);
  return scopes.map(({ scope, places }) => {
    const { category } = prompts[places[0]!]!;
    return { scope, places: category === undefined ? places : ofCategory.get(category)! };
  });
}

function placesBy<Key>(prompts: readonly PromptRecord[], keyOf: (prompt: PromptRecord) => Key): Map<Key, number[]> {
  const places = new Map<Key, number[]>();
  for (const [place, prompt] of prompts.entries()) {
    const key = keyOf(prompt);
    places.set(key, [...(places.get(key) ?? []), place]);
  }
  return places;
}
