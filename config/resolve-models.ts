import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Campaign } from '../contract/campaign';
import type { PolicyServing } from '../contract/policy';
import type { ResolvedRewardModel } from '../contract/reward-model';
import { CampaignFileError } from './campaign-file-error';
import { modelRevision } from './model-revision';

/** A model that the embedded server must serve. */
export interface EmbeddedModel {
  name: string;
  path: string;
  task: 'generate' | 'classify';
}

export interface ResolvedModels {
  serving: PolicyServing;
  rewardModels: ResolvedRewardModel[];
  embeddedModels: EmbeddedModel[];
}

/** Finds the weights that a campaign names, and what they are. Paths are relative to the campaign file. @throws CampaignFileError */
export async function resolveModels(file: string, { policy, rewardModels }: Campaign): Promise<ResolvedModels> {
  const base = dirname(resolve(file));
  const problems: string[] = [];
  const embeddedModels: EmbeddedModel[] = [];
  const embed = (path: string, model: EmbeddedModel) => {
    const other = embeddedModels.find(({ name }) => name === model.name);
    if (!other) embeddedModels.push(model);
    else if (other.path !== model.path || other.task !== model.task) {
      problems.push(`${path}: the embedded server has a model "${model.name}" already; set another servedModel`);
    }
  };

  const policyFolder = await findModel(base, policy.model);
  if (policyFolder === null && policy.revision === undefined) {
    problems.push(`policy.model ${notAModel(policy.model)}; for a hub id give policy.revision too`);
  }
  const contextServer = policy.contextServer ?? 'embedded';
  const policyPath = policyFolder ?? policy.model;
  if (policy.server === 'embedded' || contextServer === 'embedded') {
    embed('policy.servedModel', { name: policy.servedModel, path: policyPath, task: 'generate' });
  }

  const resolved: ResolvedRewardModel[] = [];
  for (const [index, model] of rewardModels.entries()) {
    const path = `rewardModels[${index}]`;
    const folder = model.model === undefined ? null : await findModel(base, model.model);
    if (model.model !== undefined && folder === null) problems.push(`${path}.model ${notAModel(model.model)}`);
    const servedModel = model.servedModel ?? model.id;
    const revision = model.revision ?? (folder === null ? servedModel : await modelRevision(folder));
    resolved.push({ ...model, servedModel, revision });
    if (model.server === 'embedded' && folder !== null) {
      const task = model.kind === 'classify' ? 'classify' : 'generate';
      embed(`${path}.servedModel`, { name: servedModel, path: folder, task });
    }
  }
  if (problems.length > 0) throw new CampaignFileError(file, problems);

  const revision = policy.revision ?? (await modelRevision(policyPath));
  return {
    serving: {
      baseModel: { name: policy.model.replace(/^(\.\.?\/)+/, ''), path: policyPath, revision },
      server: policy.server,
      servedModel: policy.servedModel,
      contextServer,
      promptFormat: policy.promptFormat,
      fingerprintTolerance: policy.fingerprintTolerance,
    },
    rewardModels: resolved,
    embeddedModels,
  };
}

function notAModel(path: string): string {
  return `"${path}" is not a folder with a config.json, seen from this file; correct the path`;
}

async function findModel(base: string, path: string): Promise<string | null> {
  const folder = resolve(base, path);
  try {
    return (await stat(join(folder, 'config.json'))).isFile() ? folder : null;
  } catch {
    return null;
  }
}
