import type { Activities } from '../activities';
import type { ArtifactRef } from '../contract/artifact';
import type { BestOfNInput } from '../contract/best-of-n-run';
import type { PolicyVersion } from '../contract/policy';
import type { PromptSplit } from '../contract/prompt-split';
import { granularityOf, scalingOf } from '../contract/selection-needs';
import { scoreQueue } from '../contract/task-queues';
import { generation, local, scoring } from './activity-proxies';

/** One chunk of a split's prompts. */
export interface Chunk {
  input: BestOfNInput;
  split: PromptSplit;
  /** PromptBatchPlan of the split. */
  plan: ArtifactRef;
  /** From 1. */
  chunk: number;
  policy: PolicyVersion;
  contextScaling: ArtifactRef | null;
}

/** What is carried from chunk to chunk. */
export interface ChunkState {
  banditLog: ArtifactRef;
  pickLog: ArtifactRef | null;
}

export interface PreparedChunk {
  contexts: ArtifactRef;
  completions: ArtifactRef;
  generatedTokens: number;
  seconds: { embed: number; generate: number };
}

export type ChunkSummary = Pick<
  Awaited<ReturnType<Activities['pickCompletions']>>,
  'prompts' | 'measured' | 'value' | 'first' | 'oracle' | 'picks'
> & { generatedTokens: number; scored: number; missing: number; seconds: Record<string, number> };

/**
 * Seeds and observations are told apart by these, as by the iterations of a campaign. The learn prompts come first whether
 * there are any or not, so that the test prompts get the same completions either way.
 */
const places: Record<PromptSplit, number> = { learn: 1, test: 2 };

/** The two steps that need nothing but the prompts and the policy. */
export async function prepareChunk(place: Chunk): Promise<PreparedChunk> {
  const { input, plan, chunk: round, policy, contextScaling: fitted } = place;
  const { serving, selection, sampling, seed } = input.bestOfN;
  const common = { label: labelOf(place), serving, policy, plan, round };
  const [embedded, generated] = await Promise.all([
    generation(callOf(place, 'embed')).embedPrompts({
      ...{ ...common, scaling: scalingOf(selection), fitted, granularity: granularityOf(selection) },
    }),
    generation(callOf(place, 'generate', `n ${sampling.completionsPerPrompt}`)).generateCompletions({
      ...{ ...common, sampling, seed },
    }),
  ]);
  return {
    contexts: embedded.contexts,
    completions: generated.completions,
    generatedTokens: generated.tokens,
    seconds: { embed: embedded.seconds, generate: generated.seconds },
  };
}

/** One chunk of prompts: select, score, pick, and tell the bandit what the picks are worth where it is to learn. */
export async function answerChunk(
  place: Chunk,
  { contexts, completions, generatedTokens, seconds }: PreparedChunk,
  state: ChunkState,
  learns: boolean,
): Promise<{ state: ChunkState; summary: ChunkSummary }> {
  const { input, split, plan, chunk: round } = place;
  const { rewardModels, learning, metric, answerPattern } = input.bestOfN;
  const label = labelOf(place);
  const { banditLog } = state;

  const { iteration } = label;
  const { decisions, asked } = await local.selectRewardModels({ banditLog, contexts, plan, iteration, round });
  const scored = await Promise.all(
    asked.map(async ({ rewardModelId, prompts }) => {
      const rewardModel = rewardModels.find(({ id }) => id === rewardModelId)!;
      const call = callOf(place, `score-${rewardModelId}`, prompts ? `${prompts.length} prompts` : undefined);
      const result = await scoring({ ...call, taskQueue: scoreQueue(rewardModelId) }).scoreCompletions({
        ...{ label, rewardModel, completions, prompts, plan, round },
      });
      return { rewardModelId, prompts, ...result };
    }),
  );
  const { pickLog, observations, ...picked } = await local.pickCompletions({
    ...{ label, split, pickLog: state.pickLog, plan, completions, decisions },
    scoring: scored.map(({ rewardModelId, prompts, scores }) => ({ rewardModelId, prompts, scores })),
    measured: { metric, answerPattern },
    reward: learns ? learning.reward : null,
  });
  const learned = observations ? await local.updateBandit({ banditLog, observations }) : { banditLog };

  return {
    state: { pickLog, banditLog: learned.banditLog },
    summary: {
      ...{ ...picked, generatedTokens },
      scored: scored.reduce((sum, one) => sum + one.scored, 0),
      missing: scored.reduce((sum, one) => sum + one.missing, 0),
      seconds: { ...seconds, score: Math.max(...scored.map((one) => one.seconds)) },
    },
  };
}

function labelOf({ input, split, chunk }: Chunk) {
  return { campaignId: input.bestOfNId, iteration: places[split], round: chunk };
}

/** Names split, chunk, step and reward model: replay refuses a history with another one. */
function callOf({ input, split, chunk }: Chunk, step: string, detail?: string) {
  return {
    activityId: `${split}-c${String(chunk).padStart(4, '0')}-${step}`,
    summary: [`${split} chunk ${chunk}`, step.replace('-', ' '), ...(detail === undefined ? [] : [detail])].join(' · '),
    durability: input.bestOfN.durability,
  };
}
