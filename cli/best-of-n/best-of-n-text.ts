import colours from 'picocolors';
import type { BestOfNResult, BestOfNRow } from '../../contract/best-of-n-result';
import { newTable } from '../new-table';

type Estimate = BestOfNRow['value'];

/** The table of a best-of-n, and who picked. */
export function bestOfNText(result: BestOfNResult): string {
  const { metric, completionsPerPrompt: n, rows, prompts, measured, statistics } = result;
  const parts = [colours.bold(`Best of ${n} on ${prompts} prompts, ${result.selection}`)];
  if (rows.length === 0) parts.push('No prompt has an answer, so nothing is measured.');
  else {
    const table = newTable([
      `${metric}, %`,
      'prompts',
      'best of n',
      'first',
      'average',
      'oracle',
      '− first',
      '− average',
    ]);
    for (const row of rows) {
      const { value, first, average, oracle, overFirst, overAverage } = row;
      const cells = [value, first, average, oracle, overFirst, overAverage].map(shown);
      table.push([row.category, row.prompts, ...cells]);
    }
    const method = statistics.shares === null ? 'bootstrap' : 'Wilson; bootstrap for average and differences';
    parts.push(table.toString(), `95 % intervals (${method}); ${measured} of ${prompts} prompts have an answer.`);
  }
  const rewardModels = [...new Set(Object.values(result.picks).flatMap((picks) => Object.keys(picks)))].sort();
  if (rewardModels.length > 0) {
    const table = newTable(['prompts', ...rewardModels]);
    for (const [category, picks] of Object.entries(result.picks).sort()) {
      table.push([category, ...rewardModels.map((id) => picks[id] ?? 0)]);
    }
    parts.push('', 'Reward model that picked, by category', table.toString());
  }
  return parts.join('\n');
}

function shown({ estimate, low, high }: Estimate): string {
  return `${colours.bold(percent(estimate))} [${percent(low)}, ${percent(high)}]`;
}

function percent(value: number): string {
  return (100 * value).toFixed(1);
}
