import { z } from 'zod';
import { checkCount } from './check-count';
import { ProtocolViolationError, type CallSite } from './errors';
import { finiteOrNull } from './finite-or-null';
import type { CallOptions, ModelServer } from './http';
import { scoreOrBisect } from './score-or-bisect';

export interface PredictTeiRequest {
  /** Whole texts. text-embeddings-inference takes 32 a request unless it was started with more. */
  readonly texts: readonly string[];
  /** Whose score to take, where the model has several labels. */
  readonly label?: string | undefined;
}

const replySchema = z.array(z.array(z.looseObject({ score: z.unknown(), label: z.string() })));
type Predictions = z.output<typeof replySchema>[number];

/** POST /predict of text-embeddings-inference: the raw score of each text, in their order; null where it is not finite. */
export function predictTei(
  server: ModelServer,
  { texts, label }: PredictTeiRequest,
  options: CallOptions = {},
): Promise<(number | null)[]> {
  return scoreOrBisect(texts, async (asked) => {
    const body = { inputs: asked.map((text) => [text]), raw_scores: true, truncate: false };
    const { reply, site } = await server.callJson({ method: 'POST', path: '/predict', body, ...options }, replySchema);
    checkCount(reply, asked.length, site);
    return reply.map((predictions) => finiteOrNull(predictionOf(predictions, label, site).score));
  });
}

/** Labels come sorted by their score, so only a name tells which is which. */
function predictionOf(predictions: Predictions, label: string | undefined, site: CallSite): Predictions[number] {
  const found = label === undefined ? predictions : predictions.filter((one) => one.label === label);
  const [prediction] = found;
  if (prediction !== undefined && found.length === 1) return prediction;
  const labels = predictions.map((one) => one.label).join(', ');
  const problem = label === undefined ? 'name the one to take in `label`' : `none is "${label}"`;
  throw new ProtocolViolationError(`the model has ${predictions.length} labels (${labels}); ${problem}`, site, false);
}
