import type { Random } from '../seeded-random';

/** The id of an arm; outside `bandit/` the same id is a `rewardModelId`. */
export type ArmId = string;

/** c of a round: d finite numbers. Context-free bandits never read it, so they take an empty one. */
export type ContextVector = readonly number[];

/** What a bandit has seen of one arm. `knowledge` is the algorithm's own; a removed arm keeps all of it, `active: false`. */
export interface Arm<Knowledge = unknown> {
  readonly arm: ArmId;
  readonly active: boolean;
  readonly pulls: number;
  readonly rewardSum: number;
  readonly knowledge: Knowledge;
}

/** Plain JSON data. `arms` is in the order they were first added, which is also the order that breaks ties. */
export interface BanditState<Parameters = unknown, Knowledge = unknown> {
  readonly parameters: Parameters;
  /** d of the contexts, once one was observed; null before, and always in context-free bandits. */
  readonly dimension: number | null;
  readonly pulls: number;
  readonly arms: readonly Arm<Knowledge>[];
}

/** What is thought of an arm: the expected reward, how unsure that is (both in units of reward), and what arms are compared by. */
export interface Estimate {
  readonly mean: number;
  readonly width: number;
  readonly score: number;
}

export interface ArmDecision extends Estimate {
  readonly arm: ArmId;
  /** False when the mask kept it from being chosen. */
  readonly available: boolean;
  /** Probability with which this arm would have been chosen in this state, context and mask; over all arms they sum to 1. */
  readonly propensity: number;
}

/** One choice with everything needed to explain, recompute and re-weigh it. `arms` lists the active arms in order. */
export interface Decision {
  readonly arm: ArmId;
  readonly propensity: number;
  readonly arms: readonly ArmDecision[];
}

/** What came of a pull. `propensity` is the decision's, in (0, 1]; an arm someone forced was chosen with 1. */
export interface Observation {
  readonly arm: ArmId;
  readonly context: ContextVector;
  readonly reward: number;
  readonly propensity: number;
}

export interface SelectionOptions {
  readonly random: Random;
  /** Active arms that may not be chosen now (server down). At least one other must be left. */
  readonly mask?: readonly ArmId[];
  /** What is taken from an arm's mean and score before the choice, in units of reward; see `withCost`. 0 unless told. */
  readonly penalties?: Readonly<Record<ArmId, number>>;
}

/**
 * State in, state out. `update` needs no chance, so folding it over a log of observations rebuilds the state to the bit.
 *
 * Ties go to the first arm in order. Removing an arm keeps what was learned; adding the same id again restores it,
 * in its old place. Late feedback for a removed arm still counts. The last active arm cannot be removed.
 * All throw an Error on an unknown arm (naming the known ones), a context that is not finite or of another length
 * than before, and a reward or propensity that is out of range.
 */
export interface Bandit<Parameters = unknown, State extends BanditState = BanditState> {
  readonly type: string;
  create(this: void, parameters: Parameters, arms: readonly ArmId[]): State;
  selectArm(this: void, state: State, context: ContextVector, options: SelectionOptions): Decision;
  update(this: void, state: State, observation: Observation): State;
  addArm(this: void, state: State, arm: ArmId): State;
  removeArm(this: void, state: State, arm: ArmId): State;
}
