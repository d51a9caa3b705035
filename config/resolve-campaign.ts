import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ArtifactStore } from '../artifact-store';
import type { Campaign } from '../contract/campaign';
import type { ResolvedCampaign } from '../contract/campaign-run';
import type { ResolvedRewardModel } from '../contract/reward-model';
import { ingestPrompts } from './ingest-prompts';
import { CampaignFileError } from './load-campaign';
import { modelRevision } from './model-revision';

/** A model that the embedded server must serve. */
export interface EmbeddedModel {
  name: string;
  path: string;
  task: 'generate' | 'classify';
}

export interface Resolution {
  campaign: ResolvedCampaign;
  embeddedModels: EmbeddedModel[];
}

/** Puts the data into the store and finds out what the weights are. Paths are relative to the campaign file. @throws CampaignFileError */
export async function resolveCampaign(file: string, campaign: Campaign, store: ArtifactStore): Promise<Resolution> {
  const base = dirname(resolve(file));
  const { policy, data, rewardModels, ...rest } = campaign;
  const embeddedModels: EmbeddedModel[] = [];

  const policyPath = await findFolder(base, policy.model);
  const revision = policy.revision ?? (policyPath === null ? undefined : await modelRevision(policyPath));
  if (revision === undefined) {
    const problem = `policy.model "${policy.model}" is not a folder beside this file; for a hub id give policy.revision too`;
    throw new CampaignFileError(file, [problem]);
  }
  const contextServer = policy.contextServer ?? 'embedded';
  if (policy.server === 'embedded' || contextServer === 'embedded') {
    embeddedModels.push({ name: policy.servedModel, path: policyPath ?? policy.model, task: 'generate' });
  }

  const resolvedModels: ResolvedRewardModel[] = [];
  for (const [index, model] of rewardModels.entries()) {
    const folder = model.model === undefined ? null : await findFolder(base, model.model);
    if (model.model !== undefined && folder === null) {
      throw new CampaignFileError(file, [`rewardModels[${index}].model "${model.model}" is not a folder beside this file`]);
    }
    const servedModel = model.servedModel ?? model.id;
    resolvedModels.push({
      ...model,
      servedModel,
      revision: model.revision ?? (folder === null ? servedModel : await modelRevision(folder)),
    });
    if (model.server === 'embedded' && folder !== null) {
      embeddedModels.push({ name: servedModel, path: folder, task: model.kind === 'classify' ? 'classify' : 'generate' });
    }
  }

  const source = (path: string, answersNeeded: boolean, limit?: number) => ({
    file: resolve(base, path),
    data,
    answersNeeded,
    limit,
  });
  const trainPrompts = await ingestPrompts(store, source(data.train, rest.banditReward.type === 'verifiedPairs'));
  const heldOutPrompts = await ingestPrompts(store, source(data.heldOut, true, data.heldOutLimit));
  return {
    embeddedModels,
    campaign: {
      ...rest,
      lora: policy.lora,
      batching: data.batching,
      trainPrompts,
      heldOutPrompts,
      rewardModels: resolvedModels,
      serving: {
        baseModel: { name: policy.model.replace(/^(\.\.?\/)+/, ''), path: policyPath ?? policy.model, revision },
        server: policy.server,
        servedModel: policy.servedModel,
        contextServer,
        promptFormat: policy.promptFormat,
        fingerprintTolerance: policy.fingerprintTolerance,
      },
    },
  };
}

async function findFolder(base: string, path: string): Promise<string | null> {
  const folder = resolve(base, path);
  try {
    return (await stat(folder)).isDirectory() ? folder : null;
  } catch {
    return null;
  }
}
