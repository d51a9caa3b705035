import { addCosts } from '../algorithm/cost/add-costs';
import { costOfEvaluation } from '../algorithm/cost/cost-of-evaluation';
import { addSpent, spentOf } from '../algorithm/cost/spent';
import type { CampaignInput, CampaignProgress } from '../contract/campaign-run';
import type { Spent } from '../contract/cost-ledger';

/** By the rounds and the evaluations of a campaign, at the edge of an iteration. */
export function spentSoFar({ campaign }: CampaignInput, progress: CampaignProgress): Spent {
  const { totals, evaluations, earlierEvaluations } = progress;
  const measuring = addCosts(
    [...evaluations, { seconds: earlierEvaluations?.seconds ?? 0 }].map((evaluation) =>
      costOfEvaluation(evaluation, campaign.prices),
    ),
  );
  return addSpent(totals.spent, spentOf(measuring));
}
