import type { Cost } from '../../contract/cost-ledger';

export const noCost: Cost = {
  seconds: {},
  scoringSeconds: 0,
  wallSeconds: 0,
  rewardModelCalls: 0,
  generatedTokens: 0,
  trainedTokens: 0,
  scoredTokens: 0,
  optimizerSteps: 0,
  money: 0,
};

/** All of it together; none is no cost. */
export function addCosts(costs: readonly Cost[]): Cost {
  const total = { ...noCost, seconds: { ...noCost.seconds } };
  for (const cost of costs) {
    for (const [step, seconds] of Object.entries(cost.seconds)) {
      total.seconds[step] = (total.seconds[step] ?? 0) + seconds;
    }
    total.scoringSeconds += cost.scoringSeconds;
    total.wallSeconds += cost.wallSeconds;
    total.rewardModelCalls += cost.rewardModelCalls;
    total.generatedTokens += cost.generatedTokens;
    total.trainedTokens += cost.trainedTokens;
    total.scoredTokens += cost.scoredTokens;
    total.optimizerSteps += cost.optimizerSteps;
    total.money += cost.money;
  }
  return total;
}
