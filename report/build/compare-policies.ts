import { comparePoints, deriveSeed, pairedBootstrap, pointsShare } from '../../algorithm';
import type { PairedAccuracy } from '../../contract/campaign-report';
import type { PolicyOutcomes, ReportInputs } from '../report-inputs';

interface PairedPrompt {
  category: string;
  before: number;
  after: number;
}

/** The newest measured policy against the first, prompt by prompt. Prompts that only one of them has a verdict on are left out. */
export function comparePolicies({ first, last }: NonNullable<ReportInputs['compared']>, seed: number): PairedAccuracy {
  const later = new Map(last.outcomes.map(({ promptId, points }) => [promptId, points]));
  const pairs = first.outcomes.flatMap(({ promptId, category, points }): PairedPrompt[] => {
    const after = later.get(promptId) ?? null;
    return points === null || after === null ? [] : [{ category, before: points, after }];
  });
  const categories = [...new Set(pairs.map(({ category }) => category))].sort();
  const parts = (categories.length > 1 ? categories : []).map((name) => ({
    name,
    members: pairs.filter(({ category }) => category === name),
  }));
  return {
    from: first.iteration,
    to: last.iteration,
    rows: [...parts, { name: 'all', members: pairs }]
      .filter(({ members }) => members.length > 0)
      .map(({ name, members }) => rowOf(name, members, last.measure, seed)),
    pValue: comparePoints(pairs).pValue,
  };
}

function rowOf(
  category: string,
  pairs: readonly PairedPrompt[],
  measure: PolicyOutcomes['measure'],
  seed: number,
): PairedAccuracy['rows'][number] {
  const { difference, low, high } = pairedBootstrap(
    pairs.map(({ before, after, category: stratum }) => ({ first: before, second: after, stratum })),
    { seed: deriveSeed(seed, 'report', category), resamples: 2000 },
  );
  const { gained, lost } = comparePoints(pairs);
  return {
    category,
    total: pairs.length,
    before: pointsShare(
      pairs.map(({ before }) => before),
      measure,
    ),
    after: pointsShare(
      pairs.map(({ after }) => after),
      measure,
    ),
    difference: { value: difference, low, high },
    gained,
    lost,
  };
}
