import type { RoundSummary } from '../contract/campaign-run';

/** Markdown for the Temporal UI: what the iteration's newest rounds came to. */
export function describeRounds(rounds: readonly RoundSummary[], roundsPerIteration: number): string {
  const newest = rounds.at(-1);
  const head = `**Round ${newest?.round ?? 0} of ${roundsPerIteration}**`;
  const lines = rounds.map(
    ({ round, category, rewardModelId, banditReward, loss, pairs }) =>
      `| ${round} | ${category ?? 'mixed'} | ${rewardModelId} | ${fixed(banditReward, 2)} | ${fixed(loss, 4)} | ${pairs} |`,
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
