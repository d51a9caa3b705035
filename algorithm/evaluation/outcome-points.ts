import type { MeasuredOutcome } from '../../contract/evaluation';
import { pointsOf } from './win-rate';

/** What a held-out prompt counts: 1 or 0 for a right or wrong answer, 1, ½ or 0 for a win, tie or loss; null: no verdict. */
export function outcomePoints(outcome: MeasuredOutcome): number | null {
  return 'correct' in outcome ? Number(outcome.correct) : pointsOf(outcome);
}
