import { dirname, resolve } from 'node:path';
import { sha256, type ArtifactStore } from '../artifact-store';
import type { ArtifactRef } from '../contract/artifact';
import { goldenOf } from '../contract/bandit-reward-needs';
import type { Campaign } from '../contract/campaign';
import { CampaignFileError } from './campaign-file-error';
import { ingestPrompts, type IngestedPrompts } from './ingest-prompts';

interface Source {
  /** The campaign file. */
  file: string;
  campaign: Pick<Campaign, 'banditReward' | 'data'>;
  train: IngestedPrompts;
}

/**
 * The training prompts whose verified answers the bandit reward, or its guard, may look at: JSON lines of PromptRecord. A
 * share is drawn by a hash of each prompt's id, so it stays the same when other prompts are added. null: none is needed.
 * @throws CampaignFileError
 */
export async function resolveGoldenPrompts(
  store: ArtifactStore,
  { file, campaign: { banditReward, data }, train }: Source,
): Promise<ArtifactRef | null> {
  const golden = goldenOf(banditReward);
  if (golden === null) return null;
  if (golden === 'all') return train.ref;
  const known = new Map(train.records.map(({ promptId, category }) => [promptId, category]));
  if (golden.file !== undefined) {
    const source = resolve(dirname(resolve(file)), golden.file);
    const { records, ref } = await ingestPrompts(store, { file: source, data, answersNeeded: true });
    if (records.some(({ promptId }) => known.has(promptId))) return ref;
    throw new CampaignFileError(source, [`has none of the prompts of ${data.train}; golden prompts are some of these`]);
  }
  const answered = train.records.filter(({ answer }) => answer !== undefined);
  const drawn = answered.filter(({ promptId }) => place(golden.seed, promptId) < golden.share);
  if (drawn.length > 0) return store.putJsonLines(drawn);
  throw new CampaignFileError(file, [
    `banditReward: of ${answered.length} training prompts with an answer none is golden; raise share, or give a file`,
  ]);
}

/** Where a seed puts a prompt between 0 and 1, by the first 32 bits of a hash. */
function place(seed: number, promptId: string): number {
  return parseInt(sha256(`golden ${seed} ${promptId}`).slice(0, 8), 16) / 2 ** 32;
}
