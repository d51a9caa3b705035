import type { ResolvedRewardModel } from '../contract/reward-model';
import { CampaignFileError } from './campaign-file-error';
import { checkCampaign } from './check-campaign';
import { readYaml } from './read-yaml';
import { resolveModels, type EmbeddedModel } from './resolve-models';

export interface LoadedRewardModel {
  rewardModel: ResolvedRewardModel;
  /** What the embedded server must serve for it; none where it is asked elsewhere. */
  embeddedModels: EmbeddedModel[];
}

const elsewhere = 'http://127.0.0.1:1';
/** The least around a reward model that makes a campaign, none of it looked at. */
const carrier = {
  name: 'carrier',
  policy: { model: 'policy', revision: 'none', server: elsewhere, contextServer: elsewhere },
  data: { train: 'none', heldOut: 'none' },
};

/**
 * A file with one reward model, as an entry of a campaign file: by the same rules, as it is read as part of the smallest
 * campaign that can hold it. Paths are relative to the file. @throws CampaignFileError
 */
export async function loadRewardModel(file: string): Promise<LoadedRewardModel> {
  const entry = await readYaml(file, 'a file with one reward model');
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    throw new CampaignFileError(file, [
      'is not one reward model; give its keys (id, kind, …) at the top, as in an entry of rewardModels',
    ]);
  }
  const loaded = checkCampaign(file, { ...carrier, rewardModels: [entry] });
  const { rewardModels, embeddedModels } = await resolveModels(file, loaded);
  return { rewardModel: rewardModels[0]!, embeddedModels };
}
