import { z } from 'zod';
import { deriveSeed, planPromptBatches } from '../algorithm';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { promptRecord, type PromptBatchPlan } from '../contract/round';
import { stepLabel } from '../contract/training';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({
  label: stepLabel,
  prompts: artifactRef,
  rounds: z.int().positive(),
  promptBatchSize: z.int().positive(),
  batching: z.enum(['mixed', 'byCategory']),
  seed: z.int().nonnegative(),
});
export type DrawPromptBatchesInput = z.infer<typeof input>;

/** An iteration's prompt batches, one a round, as one plan that every step of the iteration reads. */
export async function drawPromptBatches({ store }: ActivityDependencies, raw: DrawPromptBatchesInput) {
  const { label, prompts, rounds, promptBatchSize, batching, seed } = input.parse(raw);
  return runStep(store, {
    name: 'drawPromptBatches',
    version: 1,
    label,
    inputs: { prompts, rounds, promptBatchSize, batching, seed, iteration: label.iteration },
    work: async () => {
      const records = await store.getJsonLines(prompts, promptRecord);
      const batches = planPromptBatches(records, {
        rounds,
        promptBatchSize,
        batching,
        seed: deriveSeed(seed, 'promptBatches', label.iteration),
      });
      const plan: PromptBatchPlan = { batches: [] };
      for (const { prompts: indices, category } of batches) {
        const promptBatch = await store.putJsonLines(indices.map((index) => records[index]));
        plan.batches.push({ promptBatch, category });
      }
      return { plan: await store.putJson(plan) };
    },
  });
}
