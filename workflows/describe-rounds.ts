import type { RoundSummary } from '../contract/campaign-run';

/** Markdown for the Temporal UI: what the iteration's newest rounds came to. */
export function describeRounds(rounds: readonly RoundSummary[], roundsPerIteration: number): string {
  const newest = rounds.at(-1);
  const head = `**Round ${newest?.round ?? 0} of ${roundsPerIteration}**`;
  const lines = rounds.map(
    (summary) =>
      `| ${summary.round} | ${summary.category ?? 'mixed'} | ${whoWasAsked(summary)} | ${fixed(summary.banditReward, 2)} ` +
      `| ${fixed(summary.loss, 4)} | ${summary.pairs} |`,
  );
  return [
    head,
    '',
    '| round | category | reward model | bandit reward | loss | pairs |',
    '|---|---|---|---|---|---|',
    ...lines.reverse(),
  ].join('\n');
}

function fixed(value: number | null, digits: number): string {
  return value === null ? '–' : value.toFixed(digits);
}

/** The reward models of a round, or how many there were. */
export function whoWasAsked({ asked }: Pick<RoundSummary, 'asked'>): string {
  return asked.length > 3
    ? `${asked.length} reward models`
    : asked.map(({ rewardModelId }) => rewardModelId).join(', ');
}
