import type { ResolvedRewardModel } from '../../contract/reward-model';

type Aggregation = Extract<ResolvedRewardModel, { kind: 'tokenClassify' }>['aggregation'];

/** One score of a solution from its steps' (at least one): the weakest, the product, the mean, or the last. */
export function aggregateSteps(steps: readonly number[], aggregation: Aggregation): number {
  switch (aggregation) {
    case 'min':
      return Math.min(...steps);
    case 'product':
      return steps.reduce((product, step) => product * step, 1);
    case 'mean':
      return steps.reduce((sum, step) => sum + step, 0) / steps.length;
    case 'last':
      return steps.at(-1)!;
  }
}
