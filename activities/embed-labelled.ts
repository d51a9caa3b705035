import { cancellationSignal } from '@temporalio/activity';
import { z } from 'zod';
import { scaleContext } from '../algorithm';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { labelledPreference } from '../contract/labelled-preference';
import { policyServing, policyVersion } from '../contract/policy';
import { contextArtifact } from '../contract/round';
import { contextScaling } from '../contract/selection';
import { stepLabel } from '../contract/training';
import type { ActivityDependencies } from './dependencies';
import { embedTexts } from './embed-texts';
import { fittedScaling } from './fit-context-scaling';

const input = z.strictObject({
  label: stepLabel,
  serving: policyServing,
  policy: policyVersion,
  labelled: artifactRef.describe('JSON lines of LabelledPreference.'),
  scaling: contextScaling,
  fitted: artifactRef.nullable().describe('FittedScaling; null unless scaling is centred.'),
});
export type EmbedLabelledInput = z.infer<typeof input>;

/** Contexts of labelled preferences under the first policy, scaled as the bandit's are: JSON lines of ContextArtifact. */
export async function embedLabelled(dependencies: ActivityDependencies, raw: EmbedLabelledInput) {
  const { label, serving, policy, labelled, scaling, fitted } = input.parse(raw);
  const { store } = dependencies;
  return runStep(store, {
    name: 'embedLabelled',
    version: 1,
    label,
    inputs: {
      ...{ labelled, scaling, fitted },
      adapter: policy.adapter,
      baseModel: serving.baseModel.revision,
      promptFormat: serving.promptFormat,
    },
    work: async () => {
      const signal = cancellationSignal();
      const preferences = await store.getJsonLines(labelled, labelledPreference);
      const prompts = [...new Set(preferences.map(({ prompt }) => prompt))];
      const embeddings = await embedTexts(dependencies, serving, policy, prompts, signal);
      const fit = fitted && (await store.getJson(fitted, fittedScaling));
      const contextOf = new Map(
        prompts.map((prompt, i) => [
          prompt,
          contextArtifact.parse({ values: scaleContext(embeddings[i]!, scaling, fit) }),
        ]),
      );
      return { contexts: await store.putJsonLines(preferences.map(({ prompt }) => contextOf.get(prompt)!)) };
    },
  });
}
