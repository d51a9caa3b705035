import type { BestOfNState, SplitTotals } from '../contract/best-of-n-run';

/** Markdown for the Temporal UI: a row for the prompts the bandit learns on, one for those that are answered. */
export function describeBestOfN({ phase, metric, learn, test }: BestOfNState): string {
  const rows = Object.entries({ learn, test }).flatMap(([name, totals]) => (totals ? [rowOf(name, totals)] : []));
  return [
    `**${phase}**`,
    [`| prompts | chunks | ${metric} | first of n | best of n | picks |`, '|---|---|---|---|---|---|', ...rows].join(
      '\n',
    ),
  ].join('\n\n');
}

function rowOf(name: string, { chunks, ofChunks, measured, value, first, oracle, picks }: SplitTotals): string {
  const mean = (sum: number) => (measured === 0 ? '–' : `${((100 * sum) / measured).toFixed(1)} %`);
  const who = Object.entries(picks).map(([id, count]) => `${id} ${count}`);
  const cells = [name, `${chunks} of ${ofChunks}`, mean(value), mean(first), mean(oracle), who.join(', ')];
  return `| ${cells.join(' | ')} |`;
}
