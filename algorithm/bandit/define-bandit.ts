import type { Arm, ArmId, Bandit, BanditState, ContextVector, Decision, Estimate, Observation } from './bandit';
import type { Random } from '../seeded-random';
import { checkContext, checkObservation } from './check-input';

/** An arm that may be chosen, with what is thought of it. */
export interface Candidate extends Estimate {
  readonly arm: ArmId;
}

/** The candidate chosen, and the probability of each candidate, in order. */
export interface Choice {
  readonly chosen: Candidate;
  readonly propensities: readonly number[];
}

/** The four things in which bandits differ. */
export interface BanditDefinition<Parameters, Knowledge> {
  readonly type: string;
  /** Whether contexts are read, and so checked. */
  readonly contextual: boolean;
  /** Throws when a parameter is out of range, or does not go with these active arms. */
  validate(parameters: Parameters, arms: readonly ArmId[]): void;
  /** What is known of an arm that joins, given the arms already there. */
  initialKnowledge(state: BanditState<Parameters, Knowledge>): Knowledge;
  estimate(
    arm: Arm<Knowledge>,
    context: ContextVector,
    state: BanditState<Parameters, Knowledge>,
    random: Random,
  ): Estimate;
  decide(candidates: readonly Candidate[], state: BanditState<Parameters, Knowledge>, random: Random): Choice;
  learn(arm: Arm<Knowledge>, observation: Observation, state: BanditState<Parameters, Knowledge>): Knowledge;
}

/** Completes a definition with what all bandits share: the roster of arms, the mask, the checks and the record of the decision. */
export function defineBandit<Parameters, Knowledge>(
  definition: BanditDefinition<Parameters, Knowledge>,
): Bandit<Parameters, BanditState<Parameters, Knowledge>> {
  type State = BanditState<Parameters, Knowledge>;
  const { type, contextual } = definition;

  const fail = (problem: string): never => {
    throw new Error(`${type}: ${problem}`);
  };
  const activeIds = (state: State) => state.arms.filter((arm) => arm.active).map((arm) => arm.arm);
  const requireArm = (state: State, id: ArmId) =>
    state.arms.find((arm) => arm.arm === id) ??
    fail(`there is no arm '${id}'; known are ${state.arms.map((arm) => `'${arm.arm}'`).join(', ')}.`);
  const replaceArm = (state: State, changed: Arm<Knowledge>): State => ({
    ...state,
    arms: state.arms.map((arm) => (arm.arm === changed.arm ? changed : arm)),
  });
  const validated = (state: State): State => {
    definition.validate(state.parameters, activeIds(state));
    return state;
  };
  const join = (state: State, id: ArmId): State => {
    const known = state.arms.find((arm) => arm.arm === id);
    if (known?.active) fail(`arm '${id}' is there already; give every arm its own id.`);
    if (known) return replaceArm(state, { ...known, active: true });
    const knowledge = definition.initialKnowledge(state);
    return { ...state, arms: [...state.arms, { arm: id, active: true, pulls: 0, rewardSum: 0, knowledge }] };
  };

  return {
    type,

    create(parameters, arms) {
      if (arms.length === 0) fail('there are no arms; give at least one.');
      const empty: State = { parameters, dimension: null, pulls: 0, arms: [] };
      return validated(arms.reduce(join, empty));
    },

    selectArm(state, context, { mask = [], penalties = {}, random }): Decision {
      if (contextual) checkContext(type, context, state.dimension);
      const masked = new Set(mask.map((id) => requireArm(state, id).arm));
      const estimates = state.arms
        .filter((arm) => arm.active)
        .map((arm) => ({ arm: arm.arm, ...definition.estimate(arm, context, state, random) }))
        .map((estimate) => penalised(estimate, penalties[estimate.arm] ?? 0));
      const candidates = estimates.filter(({ arm }) => !masked.has(arm));
      if (candidates.length === 0) fail(`all arms are masked (${mask.join(', ')}); leave at least one to choose.`);
      const overflowed = estimates.find(({ score }) => !Number.isFinite(score));
      if (overflowed)
        fail(`the score of arm '${overflowed.arm}' is ${overflowed.score}; scale contexts and rewards down.`);

      const { chosen, propensities } = definition.decide(candidates, state, random);
      const propensityOf = new Map(candidates.map(({ arm }, i) => [arm, propensities[i] ?? 0]));
      return {
        arm: chosen.arm,
        propensity: propensityOf.get(chosen.arm) ?? 0,
        arms: estimates.map((estimate) => ({
          ...estimate,
          available: propensityOf.has(estimate.arm),
          propensity: propensityOf.get(estimate.arm) ?? 0,
        })),
      };
    },

    update(state, observation) {
      const arm = requireArm(state, observation.arm);
      checkObservation(type, observation);
      if (contextual) checkContext(type, observation.context, state.dimension);
      const learned = replaceArm(state, {
        ...arm,
        pulls: arm.pulls + 1,
        rewardSum: arm.rewardSum + observation.reward,
        knowledge: definition.learn(arm, observation, state),
      });
      return { ...learned, pulls: state.pulls + 1, dimension: contextual ? observation.context.length : null };
    },

    addArm: (state, id) => validated(join(state, id)),

    removeArm(state, id) {
      const arm = requireArm(state, id);
      if (!arm.active) fail(`arm '${id}' was removed already.`);
      if (activeIds(state).length === 1) fail(`arm '${id}' is the only one left; add another before removing it.`);
      return validated(replaceArm(state, { ...arm, active: false }));
    },
  };
}

function penalised(candidate: Candidate, penalty: number): Candidate {
  if (penalty === 0) return candidate;
  return { ...candidate, mean: candidate.mean - penalty, score: candidate.score - penalty };
}
