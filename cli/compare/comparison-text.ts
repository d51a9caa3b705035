import Table from 'cli-table3';
import colours from 'picocolors';
import type { ComparisonResult } from '../../contract/comparison-result';
import { comparisonTables } from '../../report/comparison/comparison-tables';

/** What is worth a look at once: accuracies and costs. */
export function comparisonText(result: ComparisonResult): string {
  const shown = comparisonTables(result).slice(0, 2);
  return shown
    .map(({ title, head, rows }) => {
      const table = new Table({
        head,
        style: { head: [], border: [] },
        colAligns: head.map((_, index) => (index === 0 ? 'left' : 'right')),
      });
      table.push(...rows);
      return `${colours.bold(title)}\n${table.toString()}`;
    })
    .join('\n\n');
}
