import { isCancellation } from '@temporalio/workflow';
import type { ResolvedCampaign } from '../contract/campaign-run';
import type { ComparisonInput } from '../contract/comparison-run';
import { scalingOf } from '../contract/selection-needs';
import { readFailure } from '../contract/read-failure';
import { tellFailure } from '../contract/tell-failure';
import { control } from './activity-proxies';
import { prepareCampaign } from './prepare-campaign';

/**
 * Does once what every campaign of the comparison begins with, whatever its seed. @returns by strategy, why it could not be
 * done; its campaigns would fail of the same.
 */
export async function prepareComparison({ comparisonId, plan, strategies, seeds }: ComparisonInput) {
  const seed = seeds[0] ?? 0;
  const outcomes = new Map<string, string | null>();
  const failures = new Map<string, string>();
  for (const strategy of strategies) {
    const { campaign } = await planning(strategy, seed).planComparedCampaign({ plan, strategy, seed });
    const kind = preparationOf(campaign);
    let failure = outcomes.get(kind);
    if (failure === undefined) outcomes.set(kind, (failure = await prepare(comparisonId, campaign)));
    if (failure !== null) failures.set(strategy, failure);
  }
  return failures;
}

export function planning(strategy: string, seed: number) {
  return control({ activityId: `plan-${strategy}-s${seed}`, summary: `${strategy} · seed ${seed}` });
}

async function prepare(comparisonId: string, campaign: ResolvedCampaign): Promise<string | null> {
  try {
    await prepareCampaign({ campaignId: comparisonId, campaign, searchable: false });
    return null;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return tellFailure(comparisonId, readFailure(error, campaign.durability.steps));
  }
}

/** Campaigns with the same keys here begin with the same steps. */
function preparationOf(campaign: ResolvedCampaign): string {
  const { serving, lora, evaluation, selection, trainPrompts, heldOutPrompts } = campaign;
  const { labelledPreferences: labelled, rewardModels } = campaign;
  const learned = labelled ? [labelled, selection, rewardModels] : scalingOf(selection);
  return JSON.stringify([serving, lora, evaluation, trainPrompts, heldOutPrompts, learned]);
}
