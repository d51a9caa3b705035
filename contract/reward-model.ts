import { z } from 'zod';
import { llamafactory, openrlhf, sglang, slime, tei } from './reward-model-kinds/dialect-kinds';
import { judge } from './reward-model-kinds/judge-kind';
import { classify, implicitDpo, loglik, tokenClassify } from './reward-model-kinds/model-kinds';
import type { ServerAddress } from './reward-model-kinds/served';
import { verifier } from './reward-model-kinds/verifier-kind';

export { plainId, serverAddress, type ServerAddress } from './reward-model-kinds/served';

export const rewardModel = z
  .discriminatedUnion('kind', [
    classify,
    tokenClassify,
    loglik,
    implicitDpo,
    judge,
    verifier,
    tei,
    sglang,
    openrlhf,
    slime,
    llamafactory,
  ])
  .superRefine((model, check) => {
    if (model.kind === 'judge' && model.lowestScore >= model.highestScore) {
      check.addIssue({ code: 'custom', path: ['highestScore'], message: 'must be above lowestScore' });
    }
  });
/** A reward model as the campaign file gives it, defaults filled in. */
export type RewardModel = z.infer<typeof rewardModel>;

type Resolved<Model> = Model extends { reference: { revision?: string | undefined } }
  ? Model & { servedModel: string; revision: string; reference: { revision: string } }
  : Model extends { kind: 'verifier' }
    ? Model & { revision: string }
    : Model & { servedModel: string; revision: string };
/** A reward model with everything resolved: what the activities get. */
export type ResolvedRewardModel = Resolved<RewardModel>;

export const resolvedRewardModel = rewardModel.transform((model, check): ResolvedRewardModel => {
  const needed = { revision: model.revision, ...(model.kind !== 'verifier' && { servedModel: model.servedModel }) };
  const reference = model.kind === 'implicitDpo' ? { 'reference.revision': model.reference.revision } : {};
  for (const [key, value] of Object.entries({ ...needed, ...reference })) {
    if (value === undefined) check.addIssue({ code: 'custom', path: key.split('.'), message: 'is not resolved' });
  }
  return model as ResolvedRewardModel;
});

interface ServedPart {
  /** Of its keys, in the reward model's config: empty, or `reference.`. */
  prefix: '' | 'reference.';
  server: ServerAddress;
  servedModel: string;
  model: string | undefined;
  revision: string | undefined;
}

/** The served models that a reward model consists of: one, two of an implicitDpo, none of a verifier. */
export function servedParts(rewardModel: RewardModel): ServedPart[] {
  if (rewardModel.kind === 'verifier') return [];
  const { server, servedModel = rewardModel.id, revision } = rewardModel;
  const model = 'model' in rewardModel ? rewardModel.model : undefined;
  const own: ServedPart = { prefix: '', server, servedModel, model, revision };
  if (rewardModel.kind !== 'implicitDpo') return [own];
  const { reference } = rewardModel;
  return [own, { model: undefined, revision: undefined, ...reference, prefix: 'reference.' }];
}

/** Whether a kind is given the prompts’ verified answers: to check completions against, or as labels to pass on. */
export function readsAnswers(model: RewardModel): boolean {
  return model.kind === 'verifier' ? model.rule.type !== 'format' : ['openrlhf', 'slime'].includes(model.kind);
}
