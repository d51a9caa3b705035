import type { EvaluationSummary } from '../../contract/evaluation';
import type { MeasuredPolicy } from '../../contract/comparison-result';
import type { CostLedger } from '../../contract/cost-ledger';
import { addCosts } from '../cost/add-costs';

/** The measured policies of a campaign, each with what the rounds before it had cost. */
export function policiesOfRun(evaluations: readonly EvaluationSummary[], { iterations }: CostLedger): MeasuredPolicy[] {
  return evaluations.map(({ iteration, byCategory }) => {
    const before = addCosts(iterations.filter((one) => one.iteration <= iteration));
    const sum = (of: 'correct' | 'total') => byCategory.reduce((total, row) => total + row[of], 0);
    return {
      iteration,
      accuracy: sum('correct') / sum('total'),
      byCategory,
      spent: {
        rewardModelCalls: before.rewardModelCalls,
        scoringSeconds: before.scoringSeconds,
        wallSeconds: before.wallSeconds - (before.seconds['evaluate'] ?? 0),
        trainingSteps: before.optimizerSteps,
      },
    };
  });
}
