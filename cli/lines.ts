import colours from 'picocolors';
import { measuredShare } from '../algorithm';
import type { RoundSummary } from '../contract/campaign-run';
import type { EvaluationSummary, VerdictCounts } from '../contract/evaluation';
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

/** A measured policy in one line: accuracy, or win rate with its interval, verdicts and lengths; then each category. */
export function accuracyLine({ iteration, byCategory }: EvaluationSummary): string {
  const { value, low, high, verdicts } = measuredShare(byCategory);
  const rows =
    byCategory.length > 1 ? byCategory.map((row) => `${row.category} ${percent(row.correct / row.total)}`) : [];
  if (verdicts === null) {
    return (
      colours.bold(`policy ${iteration}: held-out accuracy ${percent(value)}`) + colours.dim(`  ${rows.join('  ')}`)
    );
  }
  return (
    colours.bold(`policy ${iteration}: win rate ${percent(value)}`) +
    ` [${percent(low)}, ${percent(high)}]` +
    colours.dim(`  ${[verdictText(verdicts), ...rows].join('  ')}`)
  );
}

/** Wins, ties and losses, and what makes a win rate doubtful: flips, missing verdicts. */
export function verdictText({ wins, ties, losses, flipped, missing }: VerdictCounts): string {
  const doubts = [...(flipped > 0 ? [`${flipped} flipped`] : []), ...(missing > 0 ? [`${missing} missing`] : [])];
  return [`${wins} wins, ${ties} ties, ${losses} losses`, ...doubts].join(', ');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
