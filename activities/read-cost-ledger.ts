import { buildCostLedger } from '../algorithm/cost/build-cost-ledger';
import type { CampaignScale } from '../algorithm/cost/campaign-scale';
import type { ArtifactStore } from '../artifact-store';
import type { CampaignState } from '../contract/campaign-run';
import type { CostLedger } from '../contract/cost-ledger';
import type { CarriedEvaluations } from '../contract/evaluation';
import type { RoundRecord } from '../contract/round-record';
import { readRoundLog } from './read-round-log';
import { withAllEvaluations } from './with-all-evaluations';

/** What a campaign has come to, as far as it cost something. */
export type SpendingTrace = Pick<CampaignState, 'roundLog'> & CarriedEvaluations;

/** What a campaign cost so far, from its round log. @throws ArtifactMissingError */
export async function readCostLedger(
  store: ArtifactStore,
  trace: SpendingTrace,
  campaign: CampaignScale,
): Promise<CostLedger> {
  const rounds: RoundRecord[] = [];
  for await (const round of readRoundLog(store, trace.roundLog)) rounds.push(round);
  const { evaluations } = await withAllEvaluations(store, trace);
  return buildCostLedger(rounds, evaluations, campaign);
}
