import type { RoundTotals } from '../../contract/campaign-run';

/** How much of a run was there already, without what was done before its start. */
export function reusedLine(totals: RoundTotals, before?: RoundTotals): string {
  const rounds = totals.rounds - (before?.rounds ?? 0);
  const reused = totals.reusedSteps - (before?.reusedSteps ?? 0);
  return `${rounds} rounds, in which ${reused} recorded steps (embed, generate, score, train) were used again.`;
}
