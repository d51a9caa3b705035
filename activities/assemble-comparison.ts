import { z } from 'zod';
import { compareStrategies, policiesOfRun } from '../algorithm';
import type { ArtifactStore } from '../artifact-store';
import { artifactRef, type ArtifactRef } from '../contract/artifact';
import type { CampaignResult, ResolvedCampaign } from '../contract/campaign-run';
import { comparisonResult, type StrategyRun } from '../contract/comparison-result';
import { comparedRun, comparisonPlan, type ComparedRun } from '../contract/comparison-run';
import type { ActivityDependencies } from './dependencies';
import { readCostLedger } from './read-cost-ledger';

const input = z.strictObject({ plan: artifactRef, runs: z.array(comparedRun) });
export type AssembleComparisonInput = z.infer<typeof input>;

/** Of how the campaigns ended and of their round logs, the tables of the comparison. */
export async function assembleComparison(
  { store }: Pick<ActivityDependencies, 'store'>,
  raw: AssembleComparisonInput,
): Promise<{ result: ArtifactRef }> {
  const { plan: ref, runs } = input.parse(raw);
  const { comparison, reference, seeds, strategies } = await store.getJson(ref, comparisonPlan);
  const compared = await Promise.all(
    strategies.map(async ({ name, changes, campaign }) => {
      const own = runs.filter(({ strategy }) => strategy === name);
      const read = await Promise.all(own.map((run) => readRun(store, run, campaign)));
      return { name, selection: campaign.selection.type, changes, runs: read };
    }),
  );
  const result = comparisonResult.parse(compareStrategies({ comparison, reference, seeds, strategies: compared }));
  return { result: await store.putJson(result) };
}

async function readRun(store: ArtifactStore, run: ComparedRun, campaign: ResolvedCampaign): Promise<StrategyRun> {
  const { seed, campaignId, status, failure } = run;
  const begun = { seed, campaignId, status, failure };
  if (run.result === null) return { ...begun, policies: [], picks: {}, ledger: null };
  const { roundLog, evaluations, earlierEvaluations, totals } = (await store.getJson(
    run.result,
    z.json(),
  )) as unknown as CampaignResult;
  const ledger = await readCostLedger(store, { roundLog, evaluations, earlierEvaluations }, campaign);
  return { ...begun, policies: policiesOfRun(evaluations, ledger), picks: totals.picks, ledger };
}
