import type { RoundTotals } from '../../contract/campaign-run';

/** How much of a run was there already: the recorded steps of its rounds, without those of rounds before its start. */
export function reusedLine(totals: RoundTotals, before?: RoundTotals): string {
  const steps = stepsOf(totals) - (before ? stepsOf(before) : 0);
  const reused = totals.reusedSteps - (before?.reusedSteps ?? 0);
  return `Steps of the rounds (embed, generate, score, train): ${steps}, of which ${reused} were used again from the store.`;
}

/** A round without preference pairs trains nothing. */
function stepsOf({ rounds, skippedRounds }: RoundTotals): number {
  return 4 * rounds - skippedRounds;
}
