import { z } from 'zod';
import { campaignCheckpoint, campaignProgress } from '../contract/campaign-run';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({ progress: campaignProgress });
export type RecordCheckpointInput = z.infer<typeof input>;

/** Keeps what a campaign carries over the edge of an iteration, so that a later run can go on from there. */
export async function recordCheckpoint({ store }: ActivityDependencies, raw: RecordCheckpointInput) {
  const { progress } = input.parse(raw);
  const link = campaignCheckpoint.parse({ progress, previous: progress.checkpoints });
  return { checkpoints: await store.putJson(link) };
}
