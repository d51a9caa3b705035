import { z } from 'zod';
import { mcnemarExact, wilsonInterval } from '../algorithm';
import { artifactRef } from '../contract/artifact';
import { evaluationOutcome, type EvaluationComparison } from '../contract/evaluation';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({ before: artifactRef, after: artifactRef });
export type CompareEvaluationsInput = z.infer<typeof input>;

/** Two policy versions on the same prompts: accuracy by category with 95 % Wilson intervals, and McNemar's exact p. */
export async function compareEvaluations(
  { store }: ActivityDependencies,
  raw: CompareEvaluationsInput,
): Promise<EvaluationComparison> {
  const refs = input.parse(raw);
  const before = await store.getJsonLines(refs.before, evaluationOutcome);
  const after = new Map(
    (await store.getJsonLines(refs.after, evaluationOutcome)).map((outcome) => [outcome.promptId, outcome.correct]),
  );
  const paired = before.map(({ promptId, category, correct }) => {
    const later = after.get(promptId);
    if (later === undefined) throw new RangeError(`Prompt "${promptId}" was measured before but not after.`);
    return { category, outcome: [correct, later] as const };
  });
  const categories = [...new Set(paired.map(({ category }) => category))].sort();
  const parts = categories.length > 1 ? categories : [];
  const rows = parts.map((category) =>
    rowOf(
      category,
      paired.filter((pair) => pair.category === category),
    ),
  );
  return { rows: [...rows, rowOf('all', paired)], pValue: mcnemarExact(paired.map(({ outcome }) => outcome)).pValue };
}

function rowOf(category: string, paired: readonly { outcome: readonly [boolean, boolean] }[]) {
  const total = paired.length;
  const share = (which: 0 | 1) => {
    const correct = paired.filter(({ outcome }) => outcome[which]).length;
    return { value: correct / total, ...wilsonInterval(correct, total) };
  };
  return { category, total, before: share(0), after: share(1) };
}
