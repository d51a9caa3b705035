import { costOfRound } from '../algorithm/cost/cost-of-round';
import { spentOf } from '../algorithm/cost/spent';
import type { Activities } from '../activities';
import type { AskedRewardModel } from '../activities/select-reward-models';
import { scoreQueue } from '../contract/task-queues';
import type { ArtifactRef } from '../contract/artifact';
import type { RoundSummary } from '../contract/campaign-run';
import type { IterationInput, IterationSteering } from '../contract/iteration-run';
import { keptOutShare } from '../contract/bandit-reward-needs';
import { granularityOf, scalingOf } from '../contract/selection-needs';
import type { TrainingMetrics } from '../contract/training';
import { generation, local, scoring, trainer } from './activity-proxies';
import { optionsOfStep } from './options-of-step';
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
      scaling: scalingOf(selection),
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

/** Who is asked in a round; with `routes`, each for pairs of its own. */
type Selected = Awaited<ReturnType<Activities['selectRewardModels']>> & { routes?: ArtifactRef };

/** One round of the paper: select, score, pair, train, reward, update. */
export async function runRound(
  { input, promptBatches: plan, round }: Round,
  state: RoundState,
  prepared: Promise<PreparedRound>,
  steering: Pick<IterationSteering, 'settings' | 'rewardModelChanges'>,
): Promise<{ state: RoundState; summary: RoundSummary; alarms: string[] }> {
  const { campaign, iteration } = input;
  const label = labelOf(input, round);
  const { contexts, completions, generatedTokens, category, ...done } = await prepared;

  const { decisions, asked, picks, widths, routes } = await select();
  const scored = await Promise.all(asked.map(score));
  const paired = await (routes ? orderPairs(routes) : buildPairs());
  const trained = paired.pairs && (await train(paired.pairs, paired.unseenPairs, paired.count));
  const rewarded =
    trained && paired.pairs
      ? await local.computeBanditReward({
          options: campaign.banditReward,
          ...{ banditLog: state.banditLog, decisions, iteration, round, plan, pairs: paired.pairs },
          terms: termsOf(trained.metrics),
          ...{ pairLosses: trained.pairLosses, unseenLosses: trained.unseenLosses, completions },
          golden: campaign.goldenPrompts ?? null,
          answerPattern: campaign.evaluation.answerPattern,
        })
      : nothingLearned;
  const banditLog = await learn();

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
      ...(paired.unseenPairs && { unseenPairs: paired.unseenPairs }),
      pairCount: paired.count,
      promptsWithoutPairs: paired.promptsWithoutPairs,
      completionsLeftOut: paired.completionsLeftOut,
      training,
      rawReward: rewarded.rawReward,
      banditReward: rewarded.reward,
    },
    decisions,
    observations: rewarded.observations,
    scoring: scored.map(({ rewardModelId, scores, seconds, weight }) => ({ rewardModelId, scores, seconds, weight })),
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
    alarms: rewarded.alarms.map(({ message }) => message),
  };

  async function select(): Promise<Selected> {
    const place = { banditLog: state.banditLog, contexts, plan, iteration, round };
    if (campaign.selection.type !== 'bayesianRouter') return local.selectRewardModels(place);
    return local.routePairs({ ...place, completions, options: campaign.pairing });
  }

  function buildPairs() {
    return local.buildPreferencePairs({
      ...{ label, completions, selection: campaign.selection, options: campaign.pairing, seed: campaign.seed },
      scoring: scored.map(({ rewardModelId, prompts, scores, weight }) => ({ rewardModelId, prompts, scores, weight })),
      keepOut: keptOutShare(campaign.banditReward),
    });
  }

  function orderPairs(routed: ArtifactRef) {
    return local.orderRoutedPairs({
      ...{ label, completions, routes: routed, seed: campaign.seed },
      scoring: scored.map(({ rewardModelId, own, scores }) => ({ rewardModelId, completions: own, scores })),
      keepOut: keptOutShare(campaign.banditReward),
    });
  }

  async function score({ rewardModelId, prompts, weight, completions: own = completions }: AskedRewardModel) {
    const models = askableRewardModels(campaign, steering.rewardModelChanges);
    const rewardModel = models.find(({ id }) => id === rewardModelId)!;
    const call = callOf(input, round, `score-${rewardModelId}`, prompts ? `${prompts.length} prompts` : undefined);
    const result = await scoring({ ...call, taskQueue: scoreQueue(rewardModelId) }).scoreCompletions({
      ...{ label, rewardModel, completions: own, prompts, plan, round },
    });
    return { rewardModelId, prompts, own, ...(weight !== undefined && { weight }), ...result };
  }

  /** The bandit after the round. */
  async function learn(): Promise<ArtifactRef> {
    const { selection, evaluation } = campaign;
    if (selection.type === 'onlineEnsemble' && paired.pairs) {
      const weighed = await local.weighRewardModels({
        ...{ banditLog: state.banditLog, iteration, round, plan, completions, pairs: paired.pairs },
        scoring: scored.map(({ rewardModelId, scores }) => ({ rewardModelId, scores })),
        reference: selection.reference,
        answerPattern: evaluation.answerPattern,
      });
      return weighed.banditLog;
    }
    if (rewarded.observations === null) return state.banditLog;
    const updated = await local.updateBandit({
      banditLog: state.banditLog,
      observations: rewarded.observations,
      ...(rewarded.trustEvidence && { alarmIn: { iteration, round } }),
    });
    return updated.banditLog;
  }

  async function train(pairs: ArtifactRef, unseenPairs: ArtifactRef | null, count: number) {
    const who = asked.length === 1 ? asked[0]!.rewardModelId : `${asked.length} reward models`;
    const { checkpoint } = state;
    const carried = checkpoint === null ? input.carriedOptimizer : undefined;
    return trainer(callOf(input, round, 'train', `${who} · ${count} pairs`)).trainPolicy({
      label,
      baseModel: campaign.serving.baseModel,
      lora: campaign.lora,
      referencePolicy: input.policy.adapter,
      checkpoint,
      ...(carried && { carriedOptimizer: carried }),
      pairs,
      unseenPairs,
      seed: campaign.seed,
      options: await optionsOfStep({ campaign, iteration, round, settings: steering.settings }),
    });
  }
}

const nothingLearned = { observations: null, rawReward: null, reward: null, alarms: [], trustEvidence: false };

function termsOf({ loss, preferenceLoss, nllLoss }: TrainingMetrics) {
  return { loss, preferenceLoss, nllLoss };
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
