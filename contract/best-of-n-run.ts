import { z } from 'zod';
import { artifactRef, type ArtifactRef } from './artifact';
import type { BestOfN } from './best-of-n';
import type { ResolvedCampaign } from './campaign-run';
import type { PolicyVersion } from './policy';
import { promptSplit } from './prompt-split';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** What the answers of a best-of-n are measured by. `answerPattern` null: the whole completion is the answer. */
export const answerMetric = z.strictObject({
  metric: z.enum(['accuracy', 'f1']),
  answerPattern: z.string().min(1).nullable(),
});
export type AnswerMetric = z.infer<typeof answerMetric>;

/** A best-of-n file with everything resolved: data in the store, weights named by what they are. */
export interface ResolvedBestOfN
  extends
    Pick<ResolvedCampaign, 'seed' | 'selection' | 'sampling' | 'serving' | 'lora' | 'rewardModels' | 'durability'>,
    Pick<BestOfN, 'name' | 'promptsPerChunk' | 'tooLong' | 'learning'>,
    AnswerMetric {
  maxPromptTokens: number | null;
  /** JSON lines of PromptRecord; null: nothing is learned before the test. */
  learn: ArtifactRef | null;
  test: ArtifactRef;
  /** File name of the test prompts. */
  dataset: string;
  /** null: the base model. */
  policy: PolicyVersion | null;
  /** The finished campaign's bandit; null: a fresh one. */
  bandit: { banditLog: ArtifactRef; contextScaling: ArtifactRef | null } | null;
}

/** One prompt and the completion that is returned for it. Values are of the metric, null where the prompt has no answer. */
export const bestOfNLine = z.strictObject({
  split: promptSplit,
  promptId: z.string(),
  category: z.string().nullable(),
  prompt: z.string(),
  rewardModelId: z.string().nullable().describe('Who picked; null: the ensemble of all.'),
  completion: z.string(),
  place: count.describe('Of the completion among the n, from 0.'),
  score: z.number().nullable().describe('Its score; null: none of the n has one, and the first is returned.'),
  completions: z.int().positive().describe('n'),
  value: share.nullable(),
  first: share.nullable().describe('Of the first completion: what n = 1 would have given.'),
  average: share.nullable().describe('Mean over the n: what a pick at random gives.'),
  oracle: share.nullable().describe('Of the best of the n: what no reward model can exceed.'),
});
export type BestOfNLine = z.infer<typeof bestOfNLine>;

/** One link of the log of picks: a chunk's lines, and the log before it. */
export const pickLogLink = z.strictObject({
  split: promptSplit,
  lines: artifactRef.describe('JSON lines of BestOfNLine.'),
  previous: artifactRef.nullable(),
});

/** Sums over the chunks of a split that stay small however many there are. */
export const splitTotals = z.strictObject({
  chunks: count.describe('That are done.'),
  ofChunks: count,
  prompts: count,
  measured: count.describe('Prompts with an answer.'),
  value: z.number().nonnegative().describe('Sum over the measured; so are first and oracle.'),
  first: z.number().nonnegative(),
  oracle: z.number().nonnegative(),
  picks: z.record(z.string(), count).describe('Prompts by the reward model that picked.'),
  cutPrompts: count.describe('Prompts whose middle was cut.'),
  generatedTokens: count,
  scored: count.describe('Completions with a score, over all reward models that were asked.'),
  missing: count.describe('Completions without one.'),
  seconds: z.record(z.string(), z.number().nonnegative()).describe('Wall-clock of each step when first done.'),
});
export type SplitTotals = z.infer<typeof splitTotals>;

export interface BestOfNInput {
  bestOfNId: string;
  bestOfN: ResolvedBestOfN;
  /** The Temporal namespace knows our search attributes. */
  searchable: boolean;
  /** Set by continue-as-new. */
  progress?: BestOfNProgress;
}

type BySplit<Value> = { learn?: Value; test: Value };

/** All that a best-of-n carries over the edge of a chunk. */
export interface BestOfNProgress {
  policy: PolicyVersion;
  contextScaling: ArtifactRef | null;
  banditLog: ArtifactRef;
  /** PromptBatchPlan of each split that there is. */
  plans: BySplit<ArtifactRef>;
  totals: BySplit<SplitTotals>;
  pickLog: ArtifactRef | null;
}

export const bestOfNPhase = z.enum(['preparing', 'learning', 'testing', 'assembling', 'finished', 'stopped']);
export type BestOfNPhase = z.infer<typeof bestOfNPhase>;

export const bestOfNState = z.strictObject({
  bestOfNId: z.string(),
  phase: bestOfNPhase,
  metric: answerMetric.shape.metric,
  learn: splitTotals.nullable().describe('null: there are no such prompts, or they are not prepared yet.'),
  test: splitTotals.nullable(),
});
export type BestOfNState = z.infer<typeof bestOfNState>;

export interface BestOfNOutcome {
  status: 'finished' | 'stopped';
  /** BestOfNResult. */
  result: ArtifactRef;
  /** JSON lines of BestOfNLine, those of the test prompts, in order. */
  lines: ArtifactRef;
  banditLog: ArtifactRef;
  state: BestOfNState;
}
