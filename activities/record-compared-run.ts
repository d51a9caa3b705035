import type { ArtifactRef } from '../contract/artifact';
import type { CampaignResult } from '../contract/campaign-run';
import type { ActivityDependencies } from './dependencies';
import { withAllEvaluations } from './with-all-evaluations';

export interface RecordComparedRunInput {
  result: CampaignResult;
}

/** Keeps how a campaign of a comparison ended, so that the comparison carries its name only. */
export async function recordComparedRun(
  { store }: Pick<ActivityDependencies, 'store'>,
  { result }: RecordComparedRunInput,
): Promise<{ result: ArtifactRef }> {
  return { result: await store.putJson(await withAllEvaluations(store, result)) };
}
