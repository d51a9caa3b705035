import { scoreLoglikelihood, type Loglikelihood, type ModelServer, type ResponseSpan } from '../../model-server';
import { inChunks } from '../in-chunks';
import type { MissingReason } from './scorer';

interface Asked {
  server: ModelServer;
  model: string;
  chunk: number;
  concurrency: number;
  signal: AbortSignal;
}

/** The log-likelihood of every span, in order, or why it has none. */
export async function loglikelihoods(
  { server, model, chunk, concurrency, signal }: Asked,
  spans: readonly (ResponseSpan | MissingReason)[],
): Promise<(Loglikelihood | MissingReason)[]> {
  const scorable = spans.filter((span) => typeof span !== 'string' && span.start < span.end) as ResponseSpan[];
  const answers = await inChunks(scorable, { chunk, concurrency, signal }, (sequences, signal) =>
    scoreLoglikelihood(server, { model, sequences }, { signal }),
  );
  let next = 0;
  return spans.map((span) => {
    if (typeof span === 'string') return span;
    return span.start < span.end ? (answers[next++] ?? 'notFinite') : 'empty';
  });
}
