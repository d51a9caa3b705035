import { scoreQueue } from '../contract/task-queues';
import type { ArtifactRef } from '../contract/artifact';
import type { IterationInput, RoundSummary } from '../contract/campaign-run';
import { generation, local, scoring, trainer } from './activity-proxies';

/** What an iteration carries from round to round. */
export interface RoundState {
  banditLog: ArtifactRef;
  adapter: ArtifactRef | null;
  checkpoint: ArtifactRef | null;
}

export interface PreparedRound {
  context: ArtifactRef;
  completions: ArtifactRef;
  category: string | null;
  seconds: { embed: number; generate: number };
  reusedSteps: number;
}

interface Round {
  input: IterationInput;
  promptBatches: ArtifactRef;
  round: number;
}

/** The two steps of a round that need nothing but its prompts and π(m−1). */
export async function prepareRound({ input, promptBatches, round }: Round): Promise<PreparedRound> {
  const { campaign, policy, contextScaling } = input;
  const { serving, selection } = campaign;
  const common = { label: labelOf(input, round), serving, policy, plan: promptBatches, round };
  const [embedded, generated] = await Promise.all([
    generation(callOf(input, round, 'embed')).embedPrompts({
      ...common,
      scaling: selection.type === 'laser' ? selection.contextScaling : 'none',
      fitted: contextScaling,
    }),
    generation(callOf(input, round, 'generate', `n ${campaign.sampling.completionsPerPrompt}`)).generateCompletions({
      ...common,
      sampling: campaign.sampling,
      seed: campaign.seed,
    }),
  ]);
  return {
    context: embedded.context,
    completions: generated.completions,
    category: generated.category,
    seconds: { embed: embedded.seconds, generate: generated.seconds },
    reusedSteps: Number(embedded.reused) + Number(generated.reused),
  };
}

/** One round of the paper: select, score, pair, train, reward, update. */
export async function runRound(
  { input, promptBatches, round }: Round,
  state: RoundState,
  prepared: Promise<PreparedRound>,
): Promise<{ state: RoundState; summary: RoundSummary }> {
  const { campaign, iteration, policy } = input;
  const label = labelOf(input, round);
  const { context, completions, category, ...done } = await prepared;

  const decision = await local.selectRewardModel({ banditLog: state.banditLog, context, iteration, round });
  const rewardModel = campaign.rewardModels.find(({ id }) => id === decision.rewardModelId)!;
  const scored = await scoring({
    ...callOf(input, round, `score-${rewardModel.id}`),
    taskQueue: scoreQueue(rewardModel.id),
  }).scoreCompletions({ label, rewardModel, completions, plan: promptBatches, round });
  const paired = await local.buildPreferencePairs({
    label,
    completions,
    scores: scored.scores,
    options: campaign.pairing,
    seed: campaign.seed,
  });
  const summary = {
    iteration,
    round,
    category,
    rewardModelId: rewardModel.id,
    propensity: decision.propensity,
    pairs: paired.count,
  };
  if (!paired.pairs) {
    const seconds = { ...done.seconds, score: scored.seconds };
    const reusedSteps = done.reusedSteps + Number(scored.reused);
    return { state, summary: { ...summary, banditReward: null, loss: null, seconds, reusedSteps } };
  }
  const trained = await trainer(callOf(input, round, 'train', `${rewardModel.id} · ${paired.count} pairs`)).trainPolicy(
    {
      label,
      baseModel: campaign.serving.baseModel,
      lora: campaign.lora,
      referencePolicy: policy.adapter,
      checkpoint: state.checkpoint,
      pairs: paired.pairs,
      seed: campaign.seed,
      options: campaign.training,
    },
  );
  const reward = await local.computeBanditReward({
    options: campaign.banditReward,
    banditLog: state.banditLog,
    trainLoss: trained.metrics.loss,
    pairs: paired.pairs,
    plan: promptBatches,
    round,
    answerPattern: campaign.evaluation.answerPattern,
  });
  const updated = await local.updateBandit({
    banditLog: state.banditLog,
    observation: {
      iteration,
      round,
      armId: rewardModel.id,
      propensity: decision.propensity,
      context: context.sha256,
      ...reward,
    },
  });

  return {
    state: { banditLog: updated.banditLog, adapter: trained.adapter, checkpoint: trained.checkpoint },
    summary: {
      ...summary,
      banditReward: reward.reward,
      loss: trained.metrics.loss,
      seconds: { ...done.seconds, score: scored.seconds, train: trained.seconds },
      reusedSteps: done.reusedSteps + Number(scored.reused) + Number(trained.reused),
    },
  };
}

function labelOf({ campaignId, iteration }: IterationInput, round: number) {
  return { campaignId, iteration, round };
}

function callOf({ campaign, iteration }: IterationInput, round: number, step: string, detail?: string) {
  const name = `i${pad(iteration, 2)}-r${pad(round, 4)}-${step}`;
  return {
    activityId: name,
    summary: [`round ${round}`, step.replace('-', ' '), ...(detail === undefined ? [] : [detail])].join(' · '),
    heartbeatTimeoutSeconds: campaign.durability.heartbeatTimeoutSeconds,
  };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
