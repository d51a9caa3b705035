import { readLinks, type ArtifactStore } from '../artifact-store';
import { evaluationLogLink, type CarriedEvaluations, type EvaluationSummary } from '../contract/evaluation';

/** The same, with all evaluations of the campaign in `evaluations`, oldest first. @throws ArtifactMissingError */
export async function withAllEvaluations<Carrier extends CarriedEvaluations>(
  store: ArtifactStore,
  carrier: Carrier,
): Promise<Carrier> {
  const earlier: EvaluationSummary[] = [];
  const newest = carrier.earlierEvaluations?.log ?? null;
  for await (const { link } of readLinks(store, newest, evaluationLogLink)) earlier.unshift(link.evaluation);
  const [first, ...others] = carrier.evaluations;
  const evaluations = first ? [first, ...earlier, ...others] : earlier;
  return { ...carrier, evaluations, earlierEvaluations: null };
}
