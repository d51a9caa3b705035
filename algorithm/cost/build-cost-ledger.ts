import type { Cost, CostLedger } from '../../contract/cost-ledger';
import { addCosts } from './add-costs';
import type { CampaignScale } from './campaign-scale';
import { costOfEvaluation } from './cost-of-evaluation';
import { costOfRound, type SpendingRound } from './cost-of-round';

/** What a campaign cost: in all, by iteration and by reward model. Iteration 0 is the measurement of the first policy. */
export function buildCostLedger(
  rounds: readonly (SpendingRound & { iteration: number })[],
  evaluations: readonly { iteration: number; seconds: number }[],
  scale: CampaignScale,
): CostLedger {
  const parts: { iteration: number; cost: Cost }[] = [];
  const arms = new Map<string, CostLedger['rewardModels'][number]>();
  for (const round of rounds) {
    const { cost, arms: asked } = costOfRound(round, scale);
    parts.push({ iteration: round.iteration, cost });
    for (const { rewardModelId, calls, scoredTokens, seconds, money } of asked) {
      const known = arms.get(rewardModelId);
      arms.set(rewardModelId, {
        rewardModelId,
        rounds: (known?.rounds ?? 0) + 1,
        calls: (known?.calls ?? 0) + calls,
        scoredTokens: (known?.scoredTokens ?? 0) + scoredTokens,
        seconds: (known?.seconds ?? 0) + seconds,
        money: (known?.money ?? 0) + money,
      });
    }
  }
  for (const evaluation of evaluations) {
    parts.push({ iteration: evaluation.iteration, cost: costOfEvaluation(evaluation, scale.prices) });
  }
  const iterations = [...new Set(parts.map(({ iteration }) => iteration))].sort((left, right) => left - right);
  const costOf = (wanted: number) => parts.filter(({ iteration }) => iteration === wanted).map(({ cost }) => cost);
  return {
    currency: scale.prices?.currency ?? null,
    campaign: addCosts(parts.map(({ cost }) => cost)),
    iterations: iterations.map((iteration) => ({ iteration, ...addCosts(costOf(iteration)) })),
    rewardModels: [...arms.values()].sort((left, right) => (left.rewardModelId < right.rewardModelId ? -1 : 1)),
  };
}
