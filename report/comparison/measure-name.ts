import { isWinRate } from '../../algorithm';
import type { ComparisonResult } from '../../contract/comparison-result';

/** What the strategies are compared by. */
export function measureName({ strategies }: Pick<ComparisonResult, 'strategies'>): 'Accuracy' | 'Win rate' {
  const policies = strategies.flatMap(({ runs }) => runs.flatMap((run) => run.policies));
  return policies.some(({ byCategory }) => isWinRate(byCategory)) ? 'Win rate' : 'Accuracy';
}
