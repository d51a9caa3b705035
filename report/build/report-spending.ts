import { buildCostLedger, spentOf } from '../../algorithm';
import type { CampaignReport } from '../../contract/campaign-report';
import type { ReportInputs } from '../report-inputs';

/** What the campaign cost so far, and how much of its budget that is. */
export function reportSpending({ rounds, evaluations, campaign }: ReportInputs): CampaignReport['spending'] {
  const ledger = buildCostLedger(rounds, evaluations, campaign);
  const spent = spentOf(ledger.campaign);
  const budget = (['seconds', 'tokens', 'money'] as const).flatMap((unit) => {
    const limit = campaign.budget?.[unit];
    return limit === undefined ? [] : [{ unit, limit, spent: spent[unit] }];
  });
  return { ledger, budget };
}
