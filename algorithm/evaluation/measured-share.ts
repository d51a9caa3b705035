import type { CategoryAccuracy, VerdictCounts } from '../../contract/evaluation';
import type { Interval } from '../statistics/interval';
import { wilsonInterval } from '../statistics/wilson-interval';
import { winRateInterval } from './win-rate-interval';

type Row = Pick<CategoryAccuracy, 'correct' | 'total'> & { readonly verdicts?: VerdictCounts | undefined };

export interface MeasuredShare extends Interval {
  /** Accuracy, or win rate. */
  readonly value: number;
  readonly correct: number;
  readonly total: number;
  /** Of a win rate: over all rows. */
  readonly verdicts: VerdictCounts | null;
}

/** Whether an evaluation is a win rate; else it is an accuracy. */
export function isWinRate(rows: readonly Row[]): boolean {
  return rows.some(({ verdicts }) => verdicts !== undefined);
}

/** Rows of one evaluation together, with the 95 % interval: Wilson’s of an accuracy, `winRateInterval` of a win rate. */
export function measuredShare(rows: readonly Row[]): MeasuredShare {
  const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
  const correct = sum((row) => row.correct);
  const total = sum((row) => row.total);
  if (!isWinRate(rows))
    return { value: correct / total, ...wilsonInterval(correct, total), correct, total, verdicts: null };
  const counted = (of: (verdicts: VerdictCounts) => number) => sum(({ verdicts }) => (verdicts ? of(verdicts) : 0));
  const lengthOf = (side: keyof VerdictCounts['meanLength']) =>
    sum(({ verdicts, total: own }) => (verdicts ? verdicts.meanLength[side] * own : 0)) / total;
  const verdicts = {
    wins: counted(({ wins }) => wins),
    ties: counted(({ ties }) => ties),
    losses: counted(({ losses }) => losses),
    flipped: counted(({ flipped }) => flipped),
    missing: counted(({ missing }) => missing),
    meanLength: { policy: lengthOf('policy'), baseline: lengthOf('baseline') },
  };
  return {
    value: correct / total,
    ...winRateInterval(verdicts.wins, verdicts.losses, total),
    correct,
    total,
    verdicts,
  };
}
