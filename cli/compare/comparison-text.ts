import colours from 'picocolors';
import type { ComparisonResult } from '../../contract/comparison-result';
import { comparisonTables } from '../../report/comparison/comparison-tables';
import { newTable } from '../new-table';

/** What is worth a look at once: accuracies and costs. */
export function comparisonText(result: ComparisonResult): string {
  const shown = comparisonTables(result).slice(0, 2);
  return shown
    .map(({ title, head, rows }) => {
      const table = newTable(head);
      table.push(...rows);
      return `${colours.bold(title)}\n${table.toString()}`;
    })
    .join('\n\n');
}
