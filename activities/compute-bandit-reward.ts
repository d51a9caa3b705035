import { z } from 'zod';
import { createQuantileNormaliser, exactMatch, normaliseReward, pairAgreement } from '../algorithm';
import { artifactRef } from '../contract/artifact';
import { banditLog as banditLogSchema } from '../contract/bandit-log';
import { banditReward } from '../contract/campaign';
import { preferencePair } from '../contract/round';
import type { ActivityDependencies } from './dependencies';
import { readPromptBatch } from './prompt-batch';

const input = z.strictObject({
  options: banditReward,
  banditLog: artifactRef,
  trainLoss: z.number(),
  pairs: artifactRef,
  plan: artifactRef,
  round: z.int().positive(),
  answerPattern: z.string().min(1),
});
export type ComputeBanditRewardInput = z.infer<typeof input>;

/** What the round was worth to the bandit: as measured (`rawReward`) and in [0, 1] (`reward`). */
export async function computeBanditReward(dependencies: ActivityDependencies, raw: ComputeBanditRewardInput) {
  const parsed = input.parse(raw);
  const { options } = parsed;
  if (options.type === 'verifiedPairs') return verifiedPairsReward(dependencies, parsed);
  const log = await dependencies.store.getJson(parsed.banditLog, banditLogSchema);
  const history = log.observations.map(({ rawReward }) => rawReward);
  const rawReward = -parsed.trainLoss;
  const normaliser = { ...createQuantileNormaliser(options), history };
  return { rawReward, reward: normaliseReward(normaliser, rawReward).banditReward };
}

async function verifiedPairsReward(
  { store }: ActivityDependencies,
  { pairs, plan, round, answerPattern }: ComputeBanditRewardInput,
) {
  const { prompts } = await readPromptBatch(store, plan, round);
  const answers = new Map(prompts.map(({ promptId, answer }) => [promptId, answer]));
  const records = await store.getJsonLines(pairs, preferencePair);
  const verified = records.flatMap(({ promptId, chosen, rejected }) => {
    const answer = answers.get(promptId);
    if (answer === undefined) return [];
    const isCorrect = (completion: string) => exactMatch(completion, answer, answerPattern).correct;
    return [{ chosenCorrect: isCorrect(chosen), rejectedCorrect: isCorrect(rejected) }];
  });
  const { agreement, banditReward: reward } = pairAgreement(verified);
  return { rawReward: agreement, reward };
}
