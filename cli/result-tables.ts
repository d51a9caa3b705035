import colours from 'picocolors';
import { isWinRate } from '../algorithm';
import type { CampaignResult } from '../contract/campaign-run';
import type { Interval } from '../contract/evaluation';
import { newTable } from './new-table';
import { winRateTable } from './win-rate-table';

type ShownResult = Pick<CampaignResult, 'comparison' | 'totals' | 'evaluations' | 'earlierEvaluations'>;

/** The end of a campaign: accuracy before and after, or the win rate of each policy, who was asked for what, where the time went. */
export function resultTables({ comparison, totals, evaluations, earlierEvaluations }: ShownResult): string {
  const parts: string[] = [];
  if (evaluations.some(({ byCategory }) => isWinRate(byCategory))) {
    parts.push(winRateTable(evaluations));
    if (comparison) {
      parts.push(`Sign test over all prompts, last policy against first: p ${probability(comparison.pValue)}`);
    }
  } else if (comparison) {
    const table = newTable(['held-out', 'prompts', 'before', 'after']);
    for (const row of comparison.rows) {
      table.push([row.category, row.total, interval(row.before), interval(row.after)]);
    }
    parts.push(
      'Accuracy, greedy, with 95 % intervals (Wilson)',
      table.toString(),
      `Paired exact McNemar test over all prompts: p ${probability(comparison.pValue)}`,
    );
  }
  const rewardModels = [...new Set(Object.values(totals.picks).flatMap((picks) => Object.keys(picks)))].sort();
  const picks = newTable(['rounds', ...rewardModels]);
  for (const [category, counts] of Object.entries(totals.picks).sort()) {
    picks.push([category, ...rewardModels.map((id) => counts[id] ?? 0)]);
  }
  parts.push('', 'Rounds in which a reward model was asked, by category', picks.toString());

  const seconds = newTable(['step', 'seconds']);
  const evaluate = evaluations.reduce((sum, { seconds }) => sum + seconds, earlierEvaluations?.seconds ?? 0);
  for (const [step, value] of Object.entries({ ...totals.seconds, evaluate })) seconds.push([step, value.toFixed(1)]);
  parts.push(
    '',
    `Wall-clock by step over ${totals.rounds} rounds (generation runs ahead of training)`,
    seconds.toString(),
  );
  return parts.join('\n');
}

function interval({ value, low, high }: Interval): string {
  return `${colours.bold(percent(value))}  [${percent(low)}, ${percent(high)}]`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function probability(p: number): string {
  return p < 1e-4 ? `= ${p.toExponential(1)}` : `= ${p.toFixed(4)}`;
}
