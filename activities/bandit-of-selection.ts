import { bandits, withCost, withExploration, type Bandit, type BanditState } from '../algorithm';
import type { LearnedSelection } from '../contract/learned-selection';
import type { BanditOptions, Selection } from '../contract/selection';

interface ConfiguredBandit {
  bandit: Bandit;
  initialState: BanditState;
}

/** What a way of selecting knows beside its options. */
export interface SelectionKnowledge {
  /** T of the whole campaign; only `sequential` reads it. */
  rounds?: number | undefined;
  /** What was learned before the first round; only ways of selecting that learn then read it. */
  learned?: LearnedSelection | undefined;
}

/** The bandit that a way of selecting stands for, with no observation yet. Throws when it does not know what it must. */
export function banditOfSelection(
  selection: Selection,
  arms: readonly string[],
  knowledge: SelectionKnowledge,
): ConfiguredBandit {
  switch (selection.type) {
    case 'laser': {
      const { bandit: options, exploration, cost } = selection;
      const { bandit, initialState } = banditOfOptions(options, arms, knowledge);
      const sparing = cost ? withCost(bandit, { costWeight: cost.weight, costs: cost.perRewardModel }) : bandit;
      return { bandit: withExploration(sparing, exploration), initialState };
    }
    case 'fixed':
      return configure(bandits.fixedArm, { arm: selection.rewardModelId }, arms);
    case 'roundRobin':
      return configure(bandits.roundRobin, {}, arms);
    case 'sequential':
      return configure(bandits.sequential, { rounds: required('sequential', 'rounds', knowledge.rounds) }, arms);
    case 'classifier': {
      const learned = required('classifier', 'what was learned', knowledge.learned);
      if (learned.type !== 'classifier')
        throw new Error('classifier: a classifier is needed, but priors were learned.');
      return configure(bandits.classifier, { classifier: learned.classifier }, arms);
    }
    case 'bayesianRouter': {
      const { posteriorScale, ridge, prior } = selection;
      return configure(bandits.linThompson, { posteriorScale, ridge, ...priorsOf(prior, knowledge) }, arms);
    }
    // Nothing is chosen by what was observed; the bandit keeps the roster of arms.
    case 'oracle':
    case 'random':
    case 'scoreEnsemble':
    case 'agreementEnsemble':
    case 'onlineEnsemble':
      return configure(bandits.uniform, {}, arms);
  }
}

function banditOfOptions(
  options: BanditOptions,
  arms: readonly string[],
  knowledge: SelectionKnowledge,
): ConfiguredBandit {
  switch (options.type) {
    case 'linUcb':
      return configure(bandits.linUcb, parametersOf(options), arms);
    case 'linThompson': {
      const { posteriorScale, ridge, initialMean, prior } = options;
      const parameters = { posteriorScale, ridge, initialMean, ...priorsOf(prior, knowledge) };
      return configure(bandits.linThompson, parameters, arms);
    }
    case 'exp3':
      return configure(bandits.exp3, parametersOf(options), arms);
    case 'epsilonGreedy':
      return configure(bandits.epsilonGreedy, parametersOf(options), arms);
  }
}

function priorsOf(prior: object | undefined, { learned }: SelectionKnowledge) {
  if (!prior) return {};
  const known = required('linThompson', 'what was learned', learned);
  if (known.type !== 'priors') throw new Error('linThompson: priors are needed, but a classifier was learned.');
  return { priors: known.priors };
}

function required<Value>(type: string, what: string, value: Value | undefined): Value {
  if (value !== undefined) return value;
  throw new Error(`${type}: ${what} is not known; the bandit must be created with it.`);
}

function parametersOf<Options extends BanditOptions>({ type: _type, ...parameters }: Options): Omit<Options, 'type'> {
  return parameters;
}

/** With its parameters checked by their type, a bandit is handed on as one of any kind. */
function configure<Parameters, State extends BanditState>(
  bandit: Bandit<Parameters, State>,
  parameters: Parameters,
  arms: readonly string[],
): ConfiguredBandit {
  return { bandit, initialState: bandit.create(parameters, arms) };
}
