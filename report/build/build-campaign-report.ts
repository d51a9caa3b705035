import { campaignReport, type CampaignReport } from '../../contract/campaign-report';
import type { ReportInputs } from '../report-inputs';
import { comparePolicies } from './compare-policies';
import { countCalls } from './count-calls';
import { countPicksByCategory } from './count-picks-by-category';
import { measureAccuracy } from './measure-accuracy';
import { reportRewardModels } from './report-reward-models';
import { reportRound } from './report-round';
import { reportSpending } from './report-spending';
import { valueRewardModels } from './value-reward-models';

/** The report of what was collected. Pure: the same inputs give the same report. */
export function buildCampaignReport(inputs: ReportInputs): CampaignReport {
  const { campaign, rounds, evaluations, compared } = inputs;
  const { campaignId, workflowId, madeAt, status, startedAt, endedAt, expectedEnd, failure, notes } = inputs;
  return campaignReport.parse({
    version: 1,
    ...{ campaignId, workflowId, madeAt, status, startedAt, endedAt, expectedEnd, failure, notes },
    progress: {
      iterations: campaign.iterations,
      iterationsDone: inputs.iterationsDone,
      roundsPerIteration: campaign.roundsPerIteration,
      rounds: rounds.length,
      roundsWithoutPairs: rounds.filter(({ pairs }) => pairs === null).length,
      pairs: sum(rounds, ({ pairCount }) => pairCount),
      promptsWithoutPairs: addCounts(rounds.map(({ promptsWithoutPairs }) => promptsWithoutPairs)),
      completionsLeftOut: addCounts(rounds.map(({ completionsLeftOut }) => completionsLeftOut)),
    },
    accuracy: {
      policies: evaluations.map(measureAccuracy),
      paired: compared && comparePolicies(compared, campaign.seed),
    },
    rewardModels: reportRewardModels(inputs),
    offPolicy: valueRewardModels(inputs),
    picksByCategory: countPicksByCategory(inputs),
    calls: countCalls(rounds),
    cost: {
      elapsedSeconds: Math.max(0, (Date.parse(endedAt ?? madeAt) - Date.parse(startedAt)) / 1000),
      stepSeconds: {
        ...addCounts(rounds.map(({ seconds }) => seconds)),
        ...(evaluations.length > 0 && { evaluate: sum(evaluations, ({ seconds }) => seconds) }),
      },
      reusedSteps: sum(rounds, ({ reusedSteps }) => reusedSteps),
      generatedTokens: sum(rounds, ({ generatedTokens }) => generatedTokens),
      trainedTokens: sum(rounds, ({ training }) => training?.tokens ?? 0),
    },
    spending: reportSpending(inputs),
    rounds: rounds.map(reportRound),
    events: inputs.events,
    retries: inputs.retries,
    workflowTaskFaults: inputs.workflowTaskFaults,
    lineage: { ...inputs.lineage, configuration: inputs.configuration },
    config: campaign,
  });
}

function sum<Value>(values: readonly Value[], of: (value: Value) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

function addCounts(counts: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [name, value] of counts.flatMap(Object.entries<number>)) total[name] = (total[name] ?? 0) + value;
  return total;
}
