import type { CampaignReport } from '../../contract/campaign-report';
import { promptOfPairScope } from '../../contract/pair-scope';
import type { ArmDecision, RoundRecord } from '../../contract/round-record';
import type { ReportInputs } from '../report-inputs';

const mixed = 'mixed';

/** Decisions by category of their prompts and by reward model. A decision for prompts of several categories is mixed. */
export function countPicksByCategory({
  rounds,
  categoryOfPrompt,
}: Pick<ReportInputs, 'rounds' | 'categoryOfPrompt'>): CampaignReport['picksByCategory'] {
  const categories = new Map<string, Record<string, number>>();
  for (const round of rounds) {
    for (const decision of round.decisions) {
      const category = categoryOf(round, decision);
      const picks = categories.get(category) ?? {};
      picks[decision.rewardModelId] = (picks[decision.rewardModelId] ?? 0) + 1;
      categories.set(category, picks);
    }
  }
  return [...categories]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([category, picks]) => ({ category, picks }));

  /** A scope is a category, a promptId, or a pair of a prompt's completions. */
  function categoryOf({ category }: RoundRecord, { scope }: ArmDecision): string {
    if (category !== null) return category;
    if (scope === null) return mixed;
    return categoryOfPrompt[scope] ?? categoryOfPrompt[promptOfPairScope(scope) ?? ''] ?? scope;
  }
}
