import { z } from 'zod';
import { createQuantileNormaliser, exactMatch, normaliseReward, pairAgreement, type VerifiedPair } from '../algorithm';
import type { ArtifactStore } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import type { BanditObservation } from '../contract/bandit-log';
import { banditReward, type BanditRewardOptions } from '../contract/campaign';
import { preferencePair, type PreferencePair, type PromptRecord } from '../contract/round';
import { armDecision, type ArmDecision } from '../contract/round-record';
import { promptLoss } from '../contract/training';
import { observationsOf, readBanditLog } from './bandit-log';
import type { ActivityDependencies } from './dependencies';
import { isInScope } from './is-in-scope';
import { readPromptBatch } from './prompt-batch';

const input = z.strictObject({
  options: banditReward,
  banditLog: artifactRef,
  decisions: artifactRef.describe('JSON lines of ArmDecision.'),
  iteration: z.int().positive(),
  round: z.int().positive(),
  trainLoss: z.number(),
  promptLosses: artifactRef.describe('JSON lines of PromptLoss, from trainPolicy.'),
  pairs: artifactRef,
  plan: artifactRef,
  answerPattern: z.string().min(1),
});
export type ComputeBanditRewardInput = z.infer<typeof input>;

/**
 * What the round's choices were worth to the bandit: as measured (`rawReward`) and in [0, 1] (`reward`). A choice whose
 * prompts gave no pairs is worth nothing that could be said, and teaches nothing.
 * @returns JSON lines of BanditObservation, one a choice (null if there are none), and their means.
 */
export async function computeBanditReward({ store }: ActivityDependencies, raw: ComputeBanditRewardInput) {
  const { options, banditLog, iteration, round, ...refs } = input.parse(raw);
  const { prompts } = await readPromptBatch(store, refs.plan, round);
  const decisions = await store.getJsonLines(refs.decisions, armDecision);
  const pairs = await store.getJsonLines(refs.pairs, preferencePair);
  const rewardOf =
    options.type === 'verifiedPairs'
      ? verifiedPairs(prompts, refs.answerPattern)
      : await minusLoss(store, options, { banditLog, ...refs });
  const observations = decisions.flatMap((decision): BanditObservation[] => {
    const own = new Set(promptsOf(decision, prompts));
    const reward = rewardOf(
      decision,
      pairs.filter(({ promptId }) => own.has(promptId)),
    );
    const { scope, rewardModelId: armId, context, propensity } = decision;
    if (reward === null || context === null) return [];
    return [{ iteration, round, scope, armId, context, propensity, ...reward }];
  });
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return observations.length === 0
    ? { observations: null, rawReward: null, reward: null }
    : {
        observations: await store.putJsonLines(observations),
        rawReward: mean(observations.map(({ rawReward }) => rawReward)),
        reward: mean(observations.map(({ reward }) => reward)),
      };
}

type RewardOf = (decision: ArmDecision, pairs: readonly PreferencePair[]) => Reward | null;
interface Reward {
  rawReward: number;
  reward: number;
}

/** The paper's: minus the mean train loss, between quantiles of its own history. */
async function minusLoss(
  store: ArtifactStore,
  options: Extract<BanditRewardOptions, { type: 'trainLoss' }>,
  { banditLog, trainLoss, promptLosses }: Pick<ComputeBanditRewardInput, 'banditLog' | 'trainLoss' | 'promptLosses'>,
): Promise<RewardOf> {
  const history = observationsOf(await readBanditLog(store, banditLog)).map(({ rawReward }) => rawReward);
  const normaliser = { ...createQuantileNormaliser(options), history };
  const lossOf = new Map((await store.getJsonLines(promptLosses, promptLoss)).map((line) => [line.promptId, line]));
  return ({ scope }, pairs) => {
    const loss = scope === null ? trainLoss : weightedMean(new Set(pairs.map(({ promptId }) => promptId)), lossOf);
    if (loss === null) return null;
    return { rawReward: -loss, reward: normaliseReward(normaliser, -loss).banditReward };
  };
}

/** Share of pairs whose order the verified answers confirm, minus the share they contradict. */
function verifiedPairs(prompts: readonly PromptRecord[], answerPattern: string): RewardOf {
  const answers = new Map(prompts.map(({ promptId, answer }) => [promptId, answer]));
  return (_, pairs) => {
    if (pairs.length === 0) return null;
    const verified = pairs.flatMap(({ promptId, chosen, rejected }): VerifiedPair[] => {
      const answer = answers.get(promptId);
      if (answer === undefined) return [];
      const isCorrect = (completion: string) => exactMatch(completion, answer, answerPattern).correct;
      return [{ chosenCorrect: isCorrect(chosen), rejectedCorrect: isCorrect(rejected) }];
    });
    const { agreement: rawReward, banditReward: reward } = pairAgreement(verified);
    return { rawReward, reward };
  };
}

function promptsOf({ scope }: ArmDecision, prompts: readonly PromptRecord[]): string[] {
  return prompts.filter((prompt) => isInScope(scope, prompt)).map(({ promptId }) => promptId);
}

function weightedMean(
  promptIds: ReadonlySet<string>,
  lossOf: ReadonlyMap<string, { loss: number; pairs: number }>,
): number | null {
  const own = [...promptIds].flatMap((promptId) => lossOf.get(promptId) ?? []);
  const pairs = own.reduce((sum, line) => sum + line.pairs, 0);
  return pairs === 0 ? null : own.reduce((sum, line) => sum + line.loss * line.pairs, 0) / pairs;
}
