import { z } from 'zod';
import { artifactRef } from '../contract/artifact';
import type { ResolvedCampaign } from '../contract/campaign-run';
import { comparisonPlan } from '../contract/comparison-run';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({ plan: artifactRef, strategy: z.string(), seed: z.int().nonnegative() });
export type PlanComparedCampaignInput = z.infer<typeof input>;

/** The campaign of one strategy of a comparison under one seed. */
export async function planComparedCampaign(
  { store }: Pick<ActivityDependencies, 'store'>,
  raw: PlanComparedCampaignInput,
): Promise<{ campaign: ResolvedCampaign }> {
  const { plan, strategy, seed } = input.parse(raw);
  const { comparison, strategies } = await store.getJson(plan, comparisonPlan);
  const found = strategies.find(({ name }) => name === strategy);
  if (!found) throw new RangeError(`Comparison ${comparison} has no strategy "${strategy}" in its plan.`);
  return { campaign: { ...found.campaign, seed } };
}
