import { basename, dirname, resolve } from 'node:path';
import type { ArtifactStore } from '../artifact-store';
import { goldenOf } from '../contract/bandit-reward-needs';
import type { Campaign } from '../contract/campaign';
import type { ResolvedCampaign } from '../contract/campaign-run';
import { readsAnswers } from '../contract/reward-model';
import { labelledOf } from '../contract/selection-needs';
import type { PromptRecord } from '../contract/round';
import { CampaignFileError } from './campaign-file-error';
import { ingestLabelled } from './ingest-labelled';
import { ingestPrompts } from './ingest-prompts';
import { resolveGoldenPrompts } from './resolve-golden-prompts';
import { resolveModels, type EmbeddedModel } from './resolve-models';

export type { EmbeddedModel } from './resolve-models';

export interface Resolution {
  campaign: ResolvedCampaign;
  embeddedModels: EmbeddedModel[];
}

/** Puts the data into the store and finds out what the weights are. Paths are relative to the campaign file. @throws CampaignFileError */
export async function resolveCampaign(file: string, campaign: Campaign, store: ArtifactStore): Promise<Resolution> {
  const { policy, data, rewardModels: _unresolved, ...rest } = campaign;
  const { serving, rewardModels, evaluation, embeddedModels } = await resolveModels(file, campaign);

  const path = (name: string) => resolve(dirname(resolve(file)), name);
  const answersNeeded = rest.banditReward.type === 'verifiedPairs' || goldenOf(rest.banditReward) === 'all';
  const train = await ingestPrompts(store, { file: path(data.train), data, answersNeeded });
  const heldOut = await ingestPrompts(store, {
    file: path(data.heldOut),
    data,
    answersNeeded: readsHeldOutAnswers(campaign),
    limit: data.heldOutLimit,
  });
  const problems = promptBatchProblems(campaign, train.records);
  const goldenPrompts = await resolveGoldenPrompts(store, { file, campaign, train });
  const labelled = labelledOf(rest.selection);
  const labelledPreferences = labelled && (await ingestLabelled(store, path(labelled), data.template));
  if (problems.length > 0) throw new CampaignFileError(file, problems);
  return {
    embeddedModels,
    campaign: {
      ...rest,
      lora: policy.lora,
      batching: data.batching,
      dataset: basename(data.train),
      trainPrompts: train.ref,
      ...(goldenPrompts && { goldenPrompts }),
      ...(labelledPreferences && { labelledPreferences }),
      heldOutPrompts: heldOut.ref,
      rewardModels,
      evaluation,
      serving,
    },
  };
}

/** Whether what is measured depends on verified or reference answers. */
function readsHeldOutAnswers({ evaluation }: Campaign): boolean {
  return evaluation.type !== 'winRate' || evaluation.baseline === 'answer' || readsAnswers(evaluation.judge);
}

/** A round's prompts are drawn without replacement, so there must be enough of them. */
function promptBatchProblems({ promptBatchSize, data }: Campaign, records: readonly PromptRecord[]): string[] {
  const sizes = new Map<string, number>();
  for (const { category } of data.batching === 'byCategory' ? records : []) {
    if (category === undefined) {
      return [
        `data.batching is byCategory, but ${data.train} has prompts without a "${data.fields.category}"; ` +
          'set data.fields.category, or data.batching to mixed',
      ];
    }
    sizes.set(category, (sizes.get(category) ?? 0) + 1);
  }
  if (data.batching === 'mixed') sizes.set(data.train, records.length);
  return [...sizes]
    .filter(([, size]) => size < promptBatchSize)
    .map(([where, size]) => {
      const place = data.batching === 'mixed' ? where : `category "${where}" of ${data.train}`;
      return `promptBatchSize: is ${promptBatchSize}, but ${place} has only ${size} prompts; lower it or add prompts`;
    });
}
