import type { ComparisonResult } from '../../contract/comparison-result';
import { comparisonTables, type ResultTable } from './comparison-tables';

/** How a result was made, for whoever wants to make it again. */
export interface Provenance {
  command: string;
  machine: string;
}

/** The whole result as Markdown. */
export function comparisonMarkdown(result: ComparisonResult, { command, machine }: Provenance): string {
  const failed = result.strategies.flatMap(({ runs }) => runs.flatMap(({ failure }) => failure ?? []));
  return [
    `# ${result.comparison}`,
    `\`${command}\`, ${machine}.`,
    `${result.strategies.length} strategies, seeds ${result.seeds.join(', ')}; the others are compared with ${result.reference}.`,
    ...comparisonTables(result).map(section),
    ...(failed.length === 0 ? [] : [['## Failed campaigns', '', ...failed.map((text) => `- ${text}`)].join('\n')]),
    '',
  ].join('\n\n');
}

function section({ title, note, head, rows }: ResultTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = `| --- |${' ---: |'.repeat(head.length - 1)}`;
  return [`## ${title}`, '', note, '', line(head), rule, ...rows.map(line)].join('\n');
}
