import { cancellationSignal } from '@temporalio/activity';
import { z } from 'zod';
import { fitContextScaling as fit } from '../algorithm';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { policyServing, policyVersion } from '../contract/policy';
import { promptRecord } from '../contract/round';
import { stepLabel } from '../contract/training';
import type { ActivityDependencies } from './dependencies';
import { embedTexts } from './embed-texts';

/** Enough prompts for a stable mean, few enough for one request. */
const sampledPrompts = 256;

export const fittedScaling = z.strictObject({
  mean: z.array(z.number()).min(1),
  scale: z.number().positive(),
});

const input = z.strictObject({
  label: stepLabel,
  serving: policyServing,
  policy: policyVersion,
  prompts: artifactRef,
});
export type FitContextScalingInput = z.infer<typeof input>;

/** Mean and root-mean-square norm of training prompts' hidden states under the first policy: what `centred` contexts use. */
export async function fitContextScaling(dependencies: ActivityDependencies, raw: FitContextScalingInput) {
  const { label, serving, policy, prompts } = input.parse(raw);
  const { store } = dependencies;
  return runStep(store, {
    name: 'fitContextScaling',
    version: 1,
    label,
    inputs: {
      prompts,
      adapter: policy.adapter,
      baseModel: serving.baseModel.revision,
      promptFormat: serving.promptFormat,
    },
    work: async () => {
      const signal = cancellationSignal();
      const records = await store.getJsonLines(prompts, promptRecord);
      const stride = Math.max(1, Math.floor(records.length / sampledPrompts));
      const texts = records.filter((_, index) => index % stride === 0).slice(0, sampledPrompts);
      const embeddings = await embedTexts(
        dependencies,
        serving,
        policy,
        texts.map((record) => record.prompt),
        signal,
      );
      return { fitted: await store.putJson(fit(embeddings)) };
    },
  });
}
