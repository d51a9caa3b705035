import { z } from 'zod';
import { choicesOfRounds, compareStrategies, countChoices, policiesOfRun, tellsBest } from '../algorithm';
import { buildCostLedger } from '../algorithm/cost/build-cost-ledger';
import type { ArtifactStore } from '../artifact-store';
import { artifactRef, type ArtifactRef } from '../contract/artifact';
import type { CampaignResult, ResolvedCampaign } from '../contract/campaign-run';
import { comparisonResult, type StrategyRun } from '../contract/comparison-result';
import { comparedRun, comparisonPlan, type ComparedRun, type ComparisonPlan } from '../contract/comparison-run';
import { promptRecord } from '../contract/round';
import type { RoundRecord } from '../contract/round-record';
import type { ActivityDependencies } from './dependencies';
import { readRoundLog } from './read-round-log';

const input = z.strictObject({ plan: artifactRef, runs: z.array(comparedRun) });
export type AssembleComparisonInput = z.infer<typeof input>;

/** Of how the campaigns ended and of their round logs, the tables of the comparison. */
export async function assembleComparison(
  { store }: Pick<ActivityDependencies, 'store'>,
  raw: AssembleComparisonInput,
): Promise<{ result: ArtifactRef }> {
  const { plan: ref, runs } = input.parse(raw);
  const { comparison, reference, seeds, strategies, quality } = await store.getJson(ref, comparisonPlan);
  const compared = await Promise.all(
    strategies.map(async ({ name, changes, campaign }) => {
      const own = runs.filter(({ strategy }) => strategy === name);
      const prompts = await store.getJsonLines(campaign.trainPrompts, promptRecord);
      const categoryOfPrompt = Object.fromEntries(
        prompts.map(({ promptId, category }) => [promptId, category ?? 'all']),
      );
      const read = await Promise.all(own.map((run) => readRun(store, run, { campaign, categoryOfPrompt, quality })));
      return { name, selection: campaign.selection.type, changes, runs: read };
    }),
  );
  const result = comparisonResult.parse(compareStrategies({ comparison, reference, seeds, strategies: compared }));
  return { result: await store.putJson(result) };
}

interface Reading extends Pick<ComparisonPlan, 'quality'> {
  campaign: ResolvedCampaign;
  categoryOfPrompt: Record<string, string>;
}

async function readRun(
  store: ArtifactStore,
  { seed, campaignId, status, failure, result }: ComparedRun,
  { campaign, categoryOfPrompt, quality }: Reading,
): Promise<StrategyRun> {
  const begun = { seed, campaignId, status, failure };
  if (result === null) return { ...begun, policies: [], picks: {}, laterPicks: {}, ledger: null };
  const { roundLog, evaluations, totals } = (await store.getJson(result, z.json())) as unknown as CampaignResult;
  const newestFirst: RoundRecord[] = [];
  for await (const round of readRoundLog(store, roundLog)) newestFirst.push(round);
  const ledger = buildCostLedger(newestFirst, evaluations, campaign);
  const secondHalf = newestFirst.slice(0, Math.floor(newestFirst.length / 2));
  return {
    ...begun,
    policies: policiesOfRun(evaluations, ledger),
    picks: totals.picks,
    laterPicks: countChoices(choicesOfRounds(secondHalf, categoryOfPrompt)),
    ...(quality && { tellsBest: tellsBest(choicesOfRounds(newestFirst, categoryOfPrompt), quality) }),
    ledger,
  };
}
