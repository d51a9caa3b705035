import { basename } from 'node:path';
import type { ArtifactStore } from '../artifact-store';
import type { ResolvedBestOfN } from '../contract/best-of-n-run';
import { ingestPrompts } from './ingest-prompts';
import type { LoadedBestOfN, PromptFile } from './load-best-of-n';
import { resolveModels, type EmbeddedModel } from './resolve-models';

export interface BestOfNResolution {
  /** All but what a finished campaign knows: its policy and its bandit. */
  bestOfN: Omit<ResolvedBestOfN, 'policy' | 'bandit'>;
  embeddedModels: EmbeddedModel[];
}

/** Puts the prompts into the store and finds out what the weights are. @throws CampaignFileError */
export async function resolveBestOfN(loaded: LoadedBestOfN, store: ArtifactStore): Promise<BestOfNResolution> {
  const { bestOfN, base, campaign } = loaded;
  const { name, promptsPerChunk, tooLong, learning, maxPromptTokens, evaluation } = bestOfN;
  const { seed, selection, sampling, durability, data, policy } = campaign;
  const { serving, rewardModels, embeddedModels } = await resolveModels(base, campaign);
  const ingest = async ({ file, limit }: PromptFile, answersNeeded: boolean) =>
    (await ingestPrompts(store, { file, limit, data, answersNeeded, severalAnswers: true })).ref;
  const ownPattern = evaluation.metric === 'accuracy' ? campaign.evaluation.answerPattern : null;
  return {
    embeddedModels,
    bestOfN: {
      ...{ name, promptsPerChunk, tooLong, learning, maxPromptTokens: maxPromptTokens ?? null },
      ...{ seed, selection, sampling, durability, lora: policy.lora, serving, rewardModels },
      ...{ metric: evaluation.metric, answerPattern: evaluation.answerPattern ?? ownPattern },
      learn: loaded.learn && (await ingest(loaded.learn, true)),
      test: await ingest(loaded.test, false),
      dataset: basename(loaded.test.file),
    },
  };
}
