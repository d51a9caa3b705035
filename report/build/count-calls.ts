import type { CampaignReport } from '../../contract/campaign-report';
import type { RoundRecord } from '../../contract/round-record';

/**
 * Completions scored, and how many an ensemble would have had to score: every completion of a round by every reward
 * model that could be asked in it.
 */
export function countCalls(rounds: readonly RoundRecord[]): CampaignReport['calls'] {
  let made = 0;
  let ensemble = 0;
  for (const { decisions, scoring } of rounds) {
    const calls = scoring.map(({ scored, missing }) => scored + missing);
    const asked = calls.reduce((sum, value) => sum + value, 0);
    const available = new Set(
      decisions.flatMap(({ arms }) => arms.filter((arm) => arm.available).map(({ armId }) => armId)),
    );
    // Several decisions share the completions out among the reward models; else each that is asked gets all.
    const completions = decisions.length > 1 ? asked : Math.max(0, ...calls);
    made += asked;
    ensemble += Math.max(asked, completions * Math.max(available.size, scoring.length));
  }
  return { made, ensemble, saved: ensemble - made };
}
