import type { Prices } from '../../contract/prices';

/** What the cost of a round depends on, beside the round. */
export interface CampaignScale {
  promptBatchSize: number;
  sampling: { completionsPerPrompt: number };
  prices?: Prices | undefined;
}
