import { z } from 'zod';
import { artifactRef } from '../contract/artifact';
import { evaluationLogLink, evaluationSummary } from '../contract/evaluation';
import type { ActivityDependencies } from './dependencies';

const input = z.strictObject({ log: artifactRef.nullable(), evaluation: evaluationSummary });
export type RecordEvaluationInput = z.infer<typeof input>;

/** Adds an evaluation to the log of those that the campaign no longer carries. */
export async function recordEvaluation({ store }: ActivityDependencies, raw: RecordEvaluationInput) {
  const { log: previous, evaluation } = input.parse(raw);
  return { log: await store.putJson(evaluationLogLink.parse({ evaluation, previous })) };
}
