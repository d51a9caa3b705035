import type { CampaignResult } from '../../contract/campaign-run';

/** What must be the same, whatever happened on the way: names of bytes, and every number that was measured. */
export function essence(result: CampaignResult) {
  return {
    adapter: result.policy.adapter,
    banditLog: result.banditLog,
    fingerprint: result.policy.fingerprint,
    evaluations: result.evaluations.map(({ iteration, outcomes, byCategory }) => ({ iteration, outcomes, byCategory })),
    comparison: result.comparison,
    picks: result.totals.picks,
  };
}
