import { deriveSeed, mcnemarExact, pairedBootstrap } from '../../algorithm';
import type { PairedAccuracy } from '../../contract/campaign-report';
import type { ReportInputs } from '../report-inputs';
import { shareOf } from './measure-accuracy';

interface PairedPrompt {
  category: string;
  before: boolean;
  after: boolean;
}

/** The newest measured policy against the first, prompt by prompt. Prompts that only one of them saw are left out. */
export function comparePolicies({ first, last }: NonNullable<ReportInputs['compared']>, seed: number): PairedAccuracy {
  const later = new Map(last.outcomes.map(({ promptId, correct }) => [promptId, correct]));
  const pairs = first.outcomes.flatMap(({ promptId, category, correct }): PairedPrompt[] => {
    const after = later.get(promptId);
    return after === undefined ? [] : [{ category, before: correct, after }];
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
      .map(({ name, members }) => rowOf(name, members, seed)),
    pValue: mcnemarExact(pairs.map(({ before, after }) => [before, after])).pValue,
  };
}

function rowOf(category: string, pairs: readonly PairedPrompt[], seed: number): PairedAccuracy['rows'][number] {
  const total = pairs.length;
  const correct = (of: 'before' | 'after') => pairs.filter((pair) => pair[of]).length;
  const { difference, low, high } = pairedBootstrap(
    pairs.map(({ before, after, category: stratum }) => ({ first: Number(before), second: Number(after), stratum })),
    { seed: deriveSeed(seed, 'report', category), resamples: 2000 },
  );
  const { onlyFirst, onlySecond } = mcnemarExact(pairs.map(({ before, after }) => [before, after]));
  return {
    category,
    total,
    before: shareOf(correct('before'), total),
    after: shareOf(correct('after'), total),
    difference: { value: difference, low, high },
    gained: onlySecond,
    lost: onlyFirst,
  };
}
