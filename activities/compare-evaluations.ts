import { z } from 'zod';
import { comparePoints, outcomePoints, pointsShare } from '../algorithm';
import { artifactRef } from '../contract/artifact';
import { measuredOutcome, type EvaluationComparison } from '../contract/evaluation';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({ before: artifactRef, after: artifactRef });
export type CompareEvaluationsInput = z.infer<typeof input>;

/**
 * Two policy versions on the same prompts: accuracy or win rate by category with 95 % intervals, and an exact p (McNemar's,
 * or the sign test). A prompt without a verdict in one of them is left out.
 */
export async function compareEvaluations(
  { store }: ActivityDependencies,
  raw: CompareEvaluationsInput,
): Promise<EvaluationComparison> {
  const refs = input.parse(raw);
  const before = await store.getJsonLines(refs.before, measuredOutcome);
  const after = new Map(
    (await store.getJsonLines(refs.after, measuredOutcome)).map((outcome) => [
      outcome.promptId,
      outcomePoints(outcome),
    ]),
  );
  const paired = before.flatMap((outcome) => {
    const { promptId, category } = outcome;
    const [points, later] = [outcomePoints(outcome), after.get(promptId)];
    if (later === undefined) throw new RangeError(`Prompt "${promptId}" was measured before but not after.`);
    return points === null || later === null ? [] : [{ category, before: points, after: later }];
  });
  const categories = [...new Set(paired.map(({ category }) => category))].sort();
  const parts = (categories.length > 1 ? categories : []).map((name) => ({
    name,
    members: paired.filter(({ category }) => category === name),
  }));
  const measure = before.some((outcome) => 'correct' in outcome) ? 'accuracy' : 'winRate';
  return {
    rows: [...parts, { name: 'all', members: paired }].map(({ name, members }) => ({
      category: name,
      total: members.length,
      before: pointsShare(
        members.map((pair) => pair.before),
        measure,
      ),
      after: pointsShare(
        members.map((pair) => pair.after),
        measure,
      ),
    })),
    pValue: comparePoints(paired).pValue,
  };
}
