import type { PickCounts } from '../contract/campaign-run';
import type { PromptRecord } from '../contract/round';

/** A round of one category counts once for each reward model asked; in a mixed one, each category among its prompts. */
export function countPicks(asked: readonly { rewardModelId: string; prompts: readonly PromptRecord[] }[]): PickCounts {
  const picks: PickCounts = {};
  for (const { rewardModelId, prompts } of asked) {
    for (const category of new Set(prompts.map((prompt) => prompt.category ?? 'all'))) {
      picks[category] = { ...picks[category], [rewardModelId]: 1 };
    }
  }
  return picks;
}
