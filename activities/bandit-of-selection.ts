import { bandits, withExploration, type Bandit, type BanditState } from '../algorithm';
import type { BanditOptions, Selection } from '../contract/selection';

interface ConfiguredBandit {
  bandit: Bandit;
  initialState: BanditState;
}

/** The bandit that a way of selecting stands for, with no observation yet. */
export function banditOfSelection(selection: Selection, arms: readonly string[]): ConfiguredBandit {
  switch (selection.type) {
    case 'laser': {
      const { bandit, initialState } = banditOfOptions(selection.bandit, arms);
      return { bandit: withExploration(bandit, selection.exploration), initialState };
    }
    case 'fixed':
      return configure(bandits.fixedArm, { arm: selection.rewardModelId }, arms);
    case 'random':
      return configure(bandits.uniform, {}, arms);
    case 'roundRobin':
      return configure(bandits.roundRobin, {}, arms);
    // Nothing is chosen; the bandit keeps the roster of arms.
    case 'scoreEnsemble':
    case 'agreementEnsemble':
      return configure(bandits.uniform, {}, arms);
  }
}

function banditOfOptions(options: BanditOptions, arms: readonly string[]): ConfiguredBandit {
  switch (options.type) {
    case 'linUcb':
      return configure(bandits.linUcb, parametersOf(options), arms);
    case 'linThompson':
      return configure(bandits.linThompson, parametersOf(options), arms);
    case 'exp3':
      return configure(bandits.exp3, parametersOf(options), arms);
    case 'epsilonGreedy':
      return configure(bandits.epsilonGreedy, parametersOf(options), arms);
  }
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
