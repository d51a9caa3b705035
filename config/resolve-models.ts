import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Campaign } from '../contract/campaign';
import type { ResolvedEvaluation } from '../contract/evaluation-options';
import type { PolicyServing } from '../contract/policy';
import { servedParts, type ResolvedRewardModel, type RewardModel } from '../contract/reward-model';
import { rewardModelsOf } from '../contract/reward-models-of';
import { CampaignFileError } from './campaign-file-error';
import { judgeProblems } from './judge-problems';
import { modelRevision } from './model-revision';

/** What judges mathEquivalence; the version that python/requirements.lock has. */
export const mathVerify = 'math-verify 0.9.0';

/** A model that the embedded server must serve. */
export interface EmbeddedModel {
  name: string;
  path: string;
  task: 'generate' | 'classify';
}

export interface ResolvedModels {
  serving: PolicyServing;
  rewardModels: ResolvedRewardModel[];
  evaluation: ResolvedEvaluation;
  embeddedModels: EmbeddedModel[];
}

/** Finds the weights that a campaign names, and what they are. Paths are relative to the campaign file. @throws CampaignFileError */
export async function resolveModels(file: string, campaign: Campaign): Promise<ResolvedModels> {
  const { policy, evaluation } = campaign;
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
  for (const { place, rewardModel } of rewardModelsOf(campaign)) {
    const names: Names[] = [];
    for (const { prefix, server, servedModel, model, revision } of servedParts(rewardModel)) {
      const path = `${place}.${prefix}`;
      const folder = model === undefined ? null : await findModel(base, model);
      if (model !== undefined && folder === null) problems.push(`${path}model ${notAModel(model)}`);
      names.push({ servedModel, revision: revision ?? (folder === null ? servedModel : await modelRevision(folder)) });
      if (server === 'embedded' && folder !== null) {
        embed(`${path}servedModel`, { name: servedModel, path: folder, task: embeddedTask(rewardModel) });
      }
    }
    resolved.push(withNames(rewardModel, names));
  }
  const rewardModels = resolved.slice(0, campaign.rewardModels.length);
  const judge = resolved[campaign.rewardModels.length];
  if (judge && evaluation.type === 'winRate') problems.push(...judgeProblems(judge, rewardModels, evaluation));
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
    rewardModels,
    evaluation: evaluation.type === 'winRate' ? { ...evaluation, judge: judge! } : evaluation,
    embeddedModels,
  };
}

function embeddedTask({ kind }: RewardModel): EmbeddedModel['task'] {
  return kind === 'classify' || kind === 'tokenClassify' ? 'classify' : 'generate';
}

type Names = { servedModel: string; revision: string };

/** A reward model with the names and revisions of its served parts, or of its rule. */
function withNames(rewardModel: RewardModel, [own, reference]: Names[]): ResolvedRewardModel {
  if (own === undefined) {
    const { kind, id, revision } = rewardModel;
    if (kind !== 'verifier') throw new TypeError(`Reward model "${id}" of kind ${kind} has no model to ask.`);
    return {
      ...rewardModel,
      revision: revision ?? (rewardModel.rule.type === 'mathEquivalence' ? mathVerify : 'rule'),
    };
  }
  return {
    ...rewardModel,
    ...own,
    ...('reference' in rewardModel && { reference: { ...rewardModel.reference, ...reference } }),
  } as ResolvedRewardModel;
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
