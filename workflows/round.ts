import { costOfRound } from '../algorithm/cost/cost-of-round';
import { spentOf } from '../algorithm/cost/spent';
import { scoreQueue } from '../contract/task-queues';
import type { ArtifactRef } from '../contract/artifact';
import type { IterationInput, IterationSteering, RoundSummary } from '../contract/campaign-run';
import { granularityOf } from '../contract/selection';
import { generation, local, scoring, trainer } from './activity-proxies';
import { askableRewardModels } from './reward-models-in-use';

/** What an iteration carries from round to round. */
export interface RoundState {
  banditLog: ArtifactRef;
  roundLog: ArtifactRef | null;
  adapter: ArtifactRef | null;
  checkpoint: ArtifactRef | null;
}

export interface PreparedRound {
  contexts: ArtifactRef;
  completions: ArtifactRef;
  generatedTokens: number;
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
      granularity: granularityOf(selection),
    }),
    generation(callOf(input, round, 'generate', `n ${campaign.sampling.completionsPerPrompt}`)).generateCompletions({
      ...common,
      sampling: campaign.sampling,
      seed: campaign.seed,
    }),
  ]);
  return {
    contexts: embedded.contexts,
    completions: generated.completions,
    generatedTokens: generated.tokens,
    category: generated.category,
    seconds: { embed: embedded.seconds, generate: generated.seconds },
    reusedSteps: Number(embedded.reused) + Number(generated.reused),
  };
}

/** One round of the paper: select, score, pair, train, reward, update. */
export async function runRound(
  { input, promptBatches: plan, round }: Round,
  state: RoundState,
  prepared: Promise<PreparedRound>,
  steering: Pick<IterationSteering, 'settings' | 'rewardModelChanges'>,
): Promise<{ state: RoundState; summary: RoundSummary }> {
  const { campaign, iteration } = input;
  const label = labelOf(input, round);
  const { contexts, completions, generatedTokens, category, ...done } = await prepared;

  const { decisions, asked, picks, widths } = await local.selectRewardModels({
    ...{ banditLog: state.banditLog, contexts, plan, iteration, round },
  });
  const scored = await Promise.all(asked.map(({ rewardModelId, prompts }) => score(rewardModelId, prompts)));
  const paired = await local.buildPreferencePairs({
    label,
    completions,
    scoring: scored.map(({ rewardModelId, prompts, scores }) => ({ rewardModelId, prompts, scores })),
    selection: campaign.selection,
    options: campaign.pairing,
    seed: campaign.seed,
  });
  const trained = paired.pairs && (await train(paired.pairs, paired.count));
  const rewarded =
    trained && paired.pairs
      ? await local.computeBanditReward({
          options: campaign.banditReward,
          ...{ banditLog: state.banditLog, decisions, iteration, round, plan, pairs: paired.pairs },
          trainLoss: trained.metrics.loss,
          promptLosses: trained.promptLosses,
          answerPattern: campaign.evaluation.answerPattern,
        })
      : { observations: null, rawReward: null, reward: null };
  const { banditLog } =
    rewarded.observations === null
      ? state
      : await local.updateBandit({ banditLog: state.banditLog, observations: rewarded.observations });

  const seconds = {
    ...done.seconds,
    score: Math.max(...scored.map((one) => one.seconds)),
    ...(trained && { train: trained.seconds }),
  };
  const reusedSteps = [...scored, ...(trained ? [trained] : [])].reduce(
    (sum, { reused }) => sum + Number(reused),
    done.reusedSteps,
  );
  const training = trained ? trained.metrics : null;
  const { cost } = costOfRound({ generatedTokens, seconds, scoring: scored, training }, campaign);
  const adapter = trained ? trained.adapter : state.adapter;
  const { roundLog } = await local.recordRound({
    roundLog: state.roundLog,
    round: {
      ...{ iteration, round, category, completions, generatedTokens, adapter, seconds, reusedSteps },
      pairs: paired.pairs,
      pairCount: paired.count,
      promptsWithoutPairs: paired.promptsWithoutPairs,
      completionsLeftOut: paired.completionsLeftOut,
      training,
      rawReward: rewarded.rawReward,
      banditReward: rewarded.reward,
    },
    decisions,
    observations: rewarded.observations,
    scoring: scored.map(({ rewardModelId, scores, seconds }) => ({ rewardModelId, scores, seconds })),
  });
  return {
    state: { banditLog, roundLog, adapter, checkpoint: trained ? trained.checkpoint : state.checkpoint },
    summary: {
      ...{ iteration, round, category, picks, widths, seconds, reusedSteps },
      asked: scored.map(({ rewardModelId, scored, missing }) => ({ rewardModelId, scored, missing })),
      banditReward: rewarded.reward,
      loss: trained ? trained.metrics.loss : null,
      pairs: paired.count,
      spent: spentOf(cost),
    },
  };

  async function score(rewardModelId: string, prompts: number[] | null) {
    const models = askableRewardModels(campaign, steering.rewardModelChanges);
    const rewardModel = models.find(({ id }) => id === rewardModelId)!;
    const call = callOf(input, round, `score-${rewardModelId}`, prompts ? `${prompts.length} prompts` : undefined);
    const result = await scoring({ ...call, taskQueue: scoreQueue(rewardModelId) }).scoreCompletions({
      ...{ label, rewardModel, completions, prompts, plan, round },
    });
    return { rewardModelId, prompts, ...result };
  }

  function train(pairs: ArtifactRef, count: number) {
    const { learningRate = campaign.training.learningRate } = steering.settings;
    const who = asked.length === 1 ? asked[0]!.rewardModelId : `${asked.length} reward models`;
    return trainer(callOf(input, round, 'train', `${who} · ${count} pairs`)).trainPolicy({
      label,
      baseModel: campaign.serving.baseModel,
      lora: campaign.lora,
      referencePolicy: input.policy.adapter,
      checkpoint: state.checkpoint,
      pairs,
      seed: campaign.seed,
      options: { ...campaign.training, learningRate },
    });
  }
}

function labelOf({ campaignId, iteration }: IterationInput, round: number) {
  return { campaignId, iteration, round };
}

function callOf({ campaign, iteration }: IterationInput, round: number, step: string, detail?: string) {
  const name = `i${pad(iteration, 2)}-r${pad(round, 4)}-${step}`;
  return {
    activityId: name,
    summary: [`round ${round}`, step.replace('-', ' '), ...(detail === undefined ? [] : [detail])].join(' · '),
    durability: campaign.durability,
  };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
