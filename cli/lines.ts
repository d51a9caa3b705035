import colours from 'picocolors';
import type { RoundSummary } from '../contract/campaign-run';
import type { CategoryAccuracy, EvaluationSummary } from '../contract/evaluation';
import { whoWasAsked } from '../workflows/describe-rounds';

/** A round in one line: what was asked, what came of it, how long it took. */
export function roundLine(round: RoundSummary, roundsPerIteration: number): string {
  const { iteration, category, banditReward, loss, pairs, seconds, reusedSteps } = round;
  const position = `it ${iteration}  round ${String(round.round).padStart(String(roundsPerIteration).length)}/${roundsPerIteration}`;
  const outcome =
    loss === null
      ? colours.yellow('no preference pairs, nothing trained')
      : `bandit reward ${banditReward?.toFixed(2) ?? '–'}  loss ${loss.toFixed(4)}  pairs ${pairs}`;
  const time = Object.values(seconds).reduce((sum, value) => sum + value, 0);
  return [
    colours.dim(position),
    (category ?? 'mixed').padEnd(10),
    `→ ${colours.cyan(whoWasAsked(round).padEnd(14))}`,
    outcome,
    colours.dim(`${time.toFixed(2)} s${reusedSteps > 0 ? ', recorded' : ''}`),
  ].join('  ');
}

export function accuracyLine({ iteration, byCategory }: EvaluationSummary): string {
  const all = byCategory.reduce((sum, row) => ({ correct: sum.correct + row.correct, total: sum.total + row.total }), {
    correct: 0,
    total: 0,
  });
  const rows = byCategory.length > 1 ? byCategory.map((row) => `${row.category} ${percent(row)}`) : [];
  return colours.bold(`policy ${iteration}: held-out accuracy ${percent(all)}`) + colours.dim(`  ${rows.join('  ')}`);
}

function percent({ correct, total }: Pick<CategoryAccuracy, 'correct' | 'total'>): string {
  return `${((100 * correct) / total).toFixed(1)} %`;
}
