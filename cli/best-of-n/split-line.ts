import colours from 'picocolors';
import type { AnswerMetric, SplitTotals } from '../../contract/best-of-n-run';
import type { PromptSplit } from '../../contract/prompt-split';

/** `test: 3 of 5 chunks, accuracy 71.4 % (first 60.2 %, oracle 90.1 %)  rm-sum 20, rm-sort 28`. */
export function splitLine(split: PromptSplit, totals: SplitTotals, metric: AnswerMetric['metric']): string {
  const { chunks, ofChunks, measured, value, first, oracle, picks } = totals;
  const mean = (sum: number) => `${((100 * sum) / measured).toFixed(1)} %`;
  const quality =
    measured === 0 ? '' : `, ${metric} ${colours.bold(mean(value))} (first ${mean(first)}, oracle ${mean(oracle)})`;
  const who = Object.entries(picks).map(([id, count]) => `${id} ${count}`);
  return `${split}: ${chunks} of ${ofChunks} chunks${quality}  ${colours.dim(who.join(', '))}`.trimEnd();
}
