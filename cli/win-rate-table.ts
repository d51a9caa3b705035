import { measuredShare } from '../algorithm';
import type { CategoryAccuracy, EvaluationSummary } from '../contract/evaluation';
import { newTable } from './new-table';

const head = ['policy', 'held-out', 'judged', 'win rate', 'wins', 'ties', 'losses', 'flipped', 'missing', 'length'];

/** Win rate of each policy that the result carries (the first and the newest), over all prompts and by category, in percent, with what it is made of. */
export function winRateTable(evaluations: readonly EvaluationSummary[]): string {
  const table = newTable(head);
  for (const { iteration, byCategory } of evaluations) {
    if (byCategory.length > 1) for (const row of byCategory) table.push(cellsOf(iteration, row.category, [row]));
    table.push(cellsOf(iteration, 'all', byCategory));
  }
  return [
    'Win rate against the baseline’s answers, a tie as half, with 95 % intervals (adjusted Wald)',
    table.toString(),
    'flipped: ties where the judge changed its mind with the order. length: mean characters, policy / baseline.',
  ].join('\n');
}

function cellsOf(iteration: number, category: string, rows: readonly CategoryAccuracy[]) {
  const { value, low, high, total, verdicts } = measuredShare(rows);
  const { wins, ties, losses, flipped, missing, meanLength } = verdicts!;
  const lengths = `${meanLength.policy.toFixed(1)} / ${meanLength.baseline.toFixed(1)}`;
  const rate = `${percent(value)}  [${percent(low)}, ${percent(high)}]`;
  return [iteration, category, total, rate, wins, ties, losses, flipped, missing, lengths];
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
