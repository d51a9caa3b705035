import { z } from 'zod';
import type { ArtifactRef } from './artifact';

/** A campaign run that another one went on from. */
export const lineage = z.strictObject({ campaignId: z.string(), runId: z.string() });
export type Lineage = z.infer<typeof lineage>;

/** What a campaign begins with instead of the base model and an empty bandit. */
export interface CampaignStart {
  adapter: ArtifactRef | null;
  banditLog: ArtifactRef;
  /** What the contexts in the log were scaled by. */
  contextScaling: ArtifactRef | null;
  /** Checkpoint whose AdamW moments the first iteration goes on with, where the campaign carries them. */
  carriedOptimizer?: ArtifactRef;
  lineage: Lineage;
}
