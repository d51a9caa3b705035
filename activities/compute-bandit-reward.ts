import { z } from 'zod';
import type { ArtifactStore } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import type { BanditObservation } from '../contract/bandit-log';
import { banditReward } from '../contract/bandit-reward';
import { guardOf } from '../contract/bandit-reward-needs';
import { preferencePair, promptCompletions, promptRecord } from '../contract/round';
import { armDecision } from '../contract/round-record';
import { pairLoss, unseenLoss, type PairLoss } from '../contract/training';
import { observationsOf, trustsEvidence } from './bandit-log';
import { agreementWithGolden } from './bandit-reward/agreement-with-golden';
import { categoryOf, choicesOf, type Choice } from './bandit-reward/choice';
import { guardAlarms } from './bandit-reward/guard-alarms';
import { measure, type Measuring, type Terms } from './bandit-reward/measure';
import type { ActivityDependencies } from './dependencies';
import { readPromptBatch } from './prompt-batch';
import { recallBandit } from './recall-bandit';

const input = z.strictObject({
  options: banditReward,
  banditLog: artifactRef,
  decisions: artifactRef.describe('JSON lines of ArmDecision.'),
  iteration: z.int().positive(),
  round: z.int().positive(),
  terms: z
    .strictObject({ loss: z.number(), preferenceLoss: z.number(), nllLoss: z.number() })
    .describe('Train loss of the round and what it is made of, nats.'),
  pairLosses: artifactRef.describe('JSON lines of PairLoss, from trainPolicy.'),
  unseenLosses: artifactRef.nullable().describe('JSON lines of UnseenLoss, from trainPolicy.'),
  pairs: artifactRef,
  completions: artifactRef,
  plan: artifactRef,
  golden: artifactRef.nullable().describe('JSON lines of PromptRecord whose answers may be looked at.'),
  answerPattern: z.string().min(1),
});
export type ComputeBanditRewardInput = z.infer<typeof input>;

/**
 * What the round's choices were worth to the bandit: as measured (`rawReward`) and in [0, 1] (`reward`). A choice of which
 * nothing can be said teaches nothing: its prompts gave no pairs, none of them is golden, or the reward comes later.
 * After an alarm of the guard that the bandit acts on, the rewards are those of the evidence.
 * @returns JSON lines of BanditObservation, one a choice (null if there are none), their means, and new alarms.
 */
export async function computeBanditReward({ store }: ActivityDependencies, raw: ComputeBanditRewardInput) {
  const { options, terms, ...place } = input.parse(raw);
  const { iteration, round } = place;
  const guard = guardOf(options);
  const known = await recallBandit(store, place.banditLog);
  const measuring = await readMeasuring(store, place, observationsOf(known));
  const trusting = trustsEvidence(known);
  const decisions = await store.getJsonLines(place.decisions, armDecision);

  const observe = (choice: Choice): BanditObservation[] => {
    const { scope, rewardModelId: armId, context, propensity } = choice.decision;
    if (context === null) return [];
    const own = scope === null ? terms : meanTerms(choice.losses);
    const evidence = guard ? agreementWithGolden(choice, measuring.golden, place.answerPattern) : null;
    const measured = trusting ? evidence : measure(options, choice, own, measuring);
    if (measured === null) return [];
    const { rawReward, reward } = measured;
    const category = categoryOf(choice);
    return [
      {
        ...{ iteration, round, scope, armId, context, propensity, rawReward, reward, category },
        ...(own && { loss: own.loss }),
        ...(evidence && { evidence }),
      },
    ];
  };
  const observations = choicesOf(decisions, measuring.outcome).flatMap(observe);
  const alarms =
    guard && !trusting
      ? guardAlarms(
          {
            settings: guard,
            rewardModelIds: known.state.arms.map(({ arm }) => arm),
            categories: [...new Set(measuring.golden.map(({ category }) => category ?? 'all'))].sort(),
          },
          measuring.history,
          [...measuring.history, ...observations],
        )
      : [];
  return {
    observations: observations.length === 0 ? null : await store.putJsonLines(observations),
    rawReward: meanOrNull(observations.map(({ rawReward }) => rawReward)),
    reward: meanOrNull(observations.map(({ reward }) => reward)),
    alarms,
    trustEvidence: alarms.length > 0 && guard?.action === 'trustEvidence',
  };
}

async function readMeasuring(
  store: ArtifactStore,
  place: Omit<ComputeBanditRewardInput, 'options' | 'terms'>,
  history: readonly BanditObservation[],
): Promise<Measuring> {
  const { iteration, round, answerPattern, golden, unseenLosses } = place;
  const [{ prompts }, pairs, completions, losses, unseen, goldenPrompts] = await Promise.all([
    readPromptBatch(store, place.plan, round),
    store.getJsonLines(place.pairs, preferencePair),
    store.getJsonLines(place.completions, promptCompletions),
    store.getJsonLines(place.pairLosses, pairLoss),
    unseenLosses === null ? [] : store.getJsonLines(unseenLosses, unseenLoss),
    golden === null ? [] : store.getJsonLines(golden, promptRecord),
  ]);
  const outcome = { prompts, pairs, completions, losses, unseen };
  return { iteration, round, outcome, history, golden: goldenPrompts, answerPattern };
}

function meanTerms(losses: readonly PairLoss[]): Terms | null {
  if (losses.length === 0) return null;
  const mean = (term: keyof Terms) => losses.reduce((sum, line) => sum + line[term], 0) / losses.length;
  return { loss: mean('loss'), preferenceLoss: mean('preferenceLoss'), nllLoss: mean('nllLoss') };
}

function meanOrNull(values: number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
