import type { ArtifactRef } from './artifact';

/** A campaign run that another one went on from. */
export interface Lineage {
  campaignId: string;
  runId: string;
}

/** What a campaign begins with instead of the base model and an empty bandit. */
export interface CampaignStart {
  adapter: ArtifactRef | null;
  banditLog: ArtifactRef;
  /** What the contexts in the log were scaled by. */
  contextScaling: ArtifactRef | null;
  lineage: Lineage;
}
