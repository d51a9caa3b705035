import type { CarriedEvaluations, EvaluationSummary } from '../contract/evaluation';
import { local } from './activity-proxies';

/** The newest ones; the first is carried beside them. */
const keptNewest = 3;

/** Takes an evaluation along; the oldest that is no longer carried goes into their log. */
export async function carryEvaluation(
  { evaluations, earlierEvaluations }: CarriedEvaluations,
  evaluation: EvaluationSummary,
): Promise<CarriedEvaluations> {
  const [first, ...others] = [...evaluations, evaluation];
  const oldest = others[0];
  if (!first || !oldest || others.length <= keptNewest) {
    return { evaluations: [...evaluations, evaluation], earlierEvaluations };
  }
  const { log } = await local.recordEvaluation({ log: earlierEvaluations?.log ?? null, evaluation: oldest });
  return {
    evaluations: [first, ...others.slice(1)],
    earlierEvaluations: {
      count: (earlierEvaluations?.count ?? 0) + 1,
      seconds: (earlierEvaluations?.seconds ?? 0) + oldest.seconds,
      log,
    },
  };
}
