import type { ResolvedRewardModel, RewardModel, ServerAddress } from '../../contract/reward-model';
import type { ModelServer } from '../../model-server';
import type { MathVerifier } from './verifier/math-verifier';

export interface ScoredText {
  prompt: string;
  completion: string;
  /** The prompt's verified answer, where the data has one and the kind reads it. */
  answer?: string | undefined;
}

/** Two answers to one prompt, which differ. */
export interface AnswerPair {
  prompt: string;
  candidate: string;
  baseline: string;
  /** The prompt's verified answer, where the data has one. */
  answer?: string | undefined;
}

/** Why a completion has no score. Never a number: a failed score is not a bad one. */
export type MissingReason =
  /** NaN, infinite, null or no number at all. */
  | 'notFinite'
  /** There is no token or step to score. */
  | 'empty'
  /** Over the reward model's window. */
  | 'tooLong'
  /** A judge's reply is not the JSON that was asked for. */
  | 'unparsed'
  /** A known bad answer won at this prompt, so the judge's scores of it are not believed. */
  | 'canary'
  /** There is no verified answer to check against. */
  | 'noAnswer'
  /** The checker ran out of time or memory on it. */
  | 'unchecked';
export type Score = number | MissingReason;

/** What scorers need from outside. */
export interface ScorerWorld {
  modelServer: (address: ServerAddress) => ModelServer;
  mathVerifier?: MathVerifier | undefined;
  /** The activity's cancellation. */
  signal: AbortSignal;
}

/** One kind of reward model: a score, or why there is none, for every item, in order. Comparable within one RM and one prompt only. */
export type Scorer<Kind extends RewardModel['kind']> = (
  world: ScorerWorld,
  rewardModel: Extract<ResolvedRewardModel, { kind: Kind }>,
  items: readonly ScoredText[],
) => Promise<Score[]>;
