import { oracle, type BanditState } from '../algorithm';
import type { Selection } from '../contract/selection';
import type { ArmChoice } from './choose-arm';

interface Question {
  selection: Extract<Selection, { type: 'oracle' }>;
  state: BanditState;
  mask: readonly string[];
  /** null: prompts of several. */
  category: string | null;
}

/** The choice by the oracle's table, with each reward model's entry as its score. Throws when one has none. */
export function askOracle({ selection, state, mask, category }: Question): ArmChoice {
  const { table } = selection;
  const active = state.arms.filter((arm) => arm.active).map(({ arm }) => arm);
  const available = active.filter((id) => !mask.includes(id));
  const rewardModelId = oracle(table, category, available);
  return {
    rewardModelId,
    propensity: 1,
    arms: active.map((armId) => {
      const score = category === null ? null : (table[category]?.[armId] ?? null);
      const propensity = Number(armId === rewardModelId);
      return { armId, score, mean: null, width: null, propensity, available: available.includes(armId) };
    }),
  };
}
