import type { ArtifactStore } from '../artifact-store';
import type { ArtifactRef } from '../contract/artifact';
import { promptBatchPlan, promptRecord, type PromptRecord } from '../contract/round';

export interface PromptBatch {
  ref: ArtifactRef;
  category: string | null;
  prompts: PromptRecord[];
  /** In the whole iteration. */
  rounds: number;
}

/** Round t's prompts from the iteration's plan. */
export async function readPromptBatch(store: ArtifactStore, plan: ArtifactRef, round: number): Promise<PromptBatch> {
  const { batches } = await store.getJson(plan, promptBatchPlan);
  const batch = batches[round - 1];
  if (!batch) throw new RangeError(`Round ${round} is not in the plan of ${batches.length} rounds.`);
  return {
    ref: batch.promptBatch,
    category: batch.category,
    rounds: batches.length,
    prompts: await store.getJsonLines(batch.promptBatch, promptRecord),
  };
}
