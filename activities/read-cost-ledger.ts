import { buildCostLedger } from '../algorithm/cost/build-cost-ledger';
import type { CampaignScale } from '../algorithm/cost/campaign-scale';
import type { ArtifactStore } from '../artifact-store';
import type { CampaignState } from '../contract/campaign-run';
import type { CostLedger } from '../contract/cost-ledger';
import type { RoundRecord } from '../contract/round-record';
import { readRoundLog } from './read-round-log';

/** What a campaign has come to, as far as it cost something. */
export type SpendingTrace = Pick<CampaignState, 'roundLog' | 'evaluations'>;

/** What a campaign cost so far, from its round log. @throws ArtifactMissingError */
export async function readCostLedger(
  store: ArtifactStore,
  { roundLog, evaluations }: SpendingTrace,
  campaign: CampaignScale,
): Promise<CostLedger> {
  const rounds: RoundRecord[] = [];
  for await (const round of readRoundLog(store, roundLog)) rounds.push(round);
  return buildCostLedger(rounds, evaluations, campaign);
}
