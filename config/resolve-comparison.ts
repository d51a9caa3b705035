import { canonicalJson, type ArtifactStore } from '../artifact-store';
import type { ResolvedCampaign } from '../contract/campaign-run';
import type { ComparisonPlan } from '../contract/comparison-run';
import type { ResolvedRewardModel } from '../contract/reward-model';
import { askedModels } from '../contract/reward-models-of';
import { CampaignFileError } from './campaign-file-error';
import type { LoadedComparison } from './load-comparison';
import { resolveCampaign, type EmbeddedModel } from './resolve-campaign';

export interface ResolvedComparison {
  plan: ComparisonPlan;
  /** Of all strategies. */
  embeddedModels: EmbeddedModel[];
  rewardModels: ResolvedRewardModel[];
}

type Changes = ComparisonPlan['strategies'][number]['changes'];

/** Puts the data of all strategies into the store and finds out what the weights are. @throws CampaignFileError */
export async function resolveComparison(
  file: string,
  { comparison, base, strategies }: LoadedComparison,
  store: ArtifactStore,
): Promise<ResolvedComparison> {
  const plan: ComparisonPlan = {
    ...{ comparison: comparison.name, reference: comparison.reference, seeds: comparison.seeds },
    ...(comparison.quality && { quality: comparison.quality }),
    strategies: [],
  };
  const models = new Map<string, EmbeddedModel>();
  const rewardModels = new Map<string, ResolvedRewardModel>();
  for (const [index, { name, changes, campaign }] of strategies.entries()) {
    const where = `${file}: strategies[${index}] (${name})`;
    const resolved = await resolveStrategy(where, () => resolveCampaign(base, campaign, store));
    for (const model of resolved.embeddedModels) {
      const known = models.get(model.name);
      if (known && (known.path !== model.path || known.task !== model.task)) {
        const problem = `model name "${model.name}" stands for ${known.path} in another strategy; give one of them another servedModel`;
        throw new CampaignFileError(where, [problem]);
      }
      models.set(model.name, model);
    }
    for (const model of askedModels(resolved.campaign)) rewardModels.set(model.id, model);
    refuseOtherMeasure(where, plan.strategies[0]?.campaign, resolved.campaign);
    plan.strategies.push({ name, changes: changes as Changes, campaign: resolved.campaign });
  }
  return {
    plan,
    embeddedModels: [...models.values()],
    rewardModels: [...rewardModels.values()],
  };
}

/** Problems of the base campaign with these changes name the strategy too. */
async function resolveStrategy<Resolution>(where: string, resolve: () => Promise<Resolution>): Promise<Resolution> {
  try {
    return await resolve();
  } catch (error) {
    if (!(error instanceof CampaignFileError)) throw error;
    throw new CampaignFileError(where, error.message.split('\n'));
  }
}

function refuseOtherMeasure(where: string, first: ResolvedCampaign | undefined, own: ResolvedCampaign): void {
  if (first === undefined) return;
  if (first.heldOutPrompts.sha256 !== own.heldOutPrompts.sha256) {
    const problem =
      'changes the held-out prompts, so its accuracy means nothing beside the others; leave data.heldOut as it is';
    throw new CampaignFileError(where, [problem]);
  }
  if (canonicalJson(measureOf(first)) === canonicalJson(measureOf(own))) return;
  const problem =
    'is measured otherwise than the strategies before it; leave evaluation.type, judge and baseline as they are';
  throw new CampaignFileError(where, [problem]);
}

function measureOf({ evaluation }: ResolvedCampaign): object {
  if (evaluation.type !== 'winRate') return { type: 'accuracy' };
  const { type, judge, baseline } = evaluation;
  return { type, judge, baseline };
}
