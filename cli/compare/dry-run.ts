import type { CompareDryRun } from '../../contract/cli-output/comparison';
import { comparedCampaignId, type ComparisonPlan } from '../../contract/comparison-run';
import { forecastSharedSteps } from './forecast-shared-steps';
import { newTable } from '../new-table';

/** `laser compare <file> --dry-run`: which campaigns would run, and how much of their work is shared. */
export function dryRun({ comparison, reference, seeds, strategies }: ComparisonPlan): CompareDryRun {
  const campaigns = strategies.flatMap(({ campaign }) => seeds.map((seed) => ({ ...campaign, seed })));
  return {
    comparison,
    reference,
    campaigns: strategies.flatMap(({ name: strategy }) =>
      seeds.map((seed) => ({ campaignId: comparedCampaignId(comparison, strategy, seed), strategy, seed })),
    ),
    rounds: campaigns.reduce((sum, { iterations, roundsPerIteration }) => sum + iterations * roundsPerIteration, 0),
    steps: forecastSharedSteps(campaigns),
  };
}

export function dryRunText({ comparison, campaigns, rounds, steps }: CompareDryRun): string {
  const table = newTable(['step', 'asked for', 'shared']);
  for (const { step, asked, shared } of steps) table.push([step, asked, shared]);
  return [
    `Comparison ${comparison}: ${campaigns.length} campaigns, ${rounds} rounds in all. Nothing is started.`,
    ...campaigns.map(({ campaignId }) => `  ${campaignId}`),
    '',
    'Steps that are shared whatever is chosen; reward models that score the same completions, and training on the same',
    'pairs, are shared too, and steps that the store has from before are not done again.',
    table.toString(),
  ].join('\n');
}
