import { bandits, withExploration, type Bandit, type BanditState } from '../algorithm';
import type { Selection } from '../contract/selection';

interface ConfiguredBandit {
  bandit: Bandit;
  initialState: BanditState;
}

/** The bandit that a way of selecting stands for, with no observation yet. */
export function banditOfSelection(selection: Selection, arms: readonly string[]): ConfiguredBandit {
  switch (selection.type) {
    case 'laser': {
      const { type, ...parameters } = selection.bandit;
      return configure(withExploration(bandits[type] as Bandit, selection.exploration), parameters, arms);
    }
    case 'fixed':
      return configure(bandits.fixedArm as Bandit, { arm: selection.rewardModelId }, arms);
    case 'random':
      return configure(bandits.uniform as Bandit, {}, arms);
    case 'roundRobin':
      return configure(bandits.roundRobin as Bandit, {}, arms);
  }
}

function configure(bandit: Bandit, parameters: unknown, arms: readonly string[]): ConfiguredBandit {
  return { bandit, initialState: bandit.create(parameters, arms) };
}
