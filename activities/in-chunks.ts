import pLimit from 'p-limit';

interface Chunking {
  /** Items a call of `map`. */
  chunk: number;
  /** Calls at a time. */
  concurrency: number;
  signal: AbortSignal;
}

/**
 * Maps items in chunks, a bounded number of chunks at a time; results come back flat and in order.
 * The first failure ends it: no further chunk is begun, and those under way are aborted.
 */
export async function inChunks<Item, Result>(
  items: readonly Item[],
  { chunk, concurrency, signal }: Chunking,
  map: (items: readonly Item[], signal: AbortSignal) => Promise<Result[]>,
): Promise<Result[]> {
  const limit = pLimit(concurrency);
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const parts: (readonly Item[])[] = [];
  for (let start = 0; start < items.length; start += chunk) parts.push(items.slice(start, start + chunk));
  try {
    const results = parts.map((part) =>
      limit(() => {
        either.throwIfAborted();
        return map(part, either);
      }),
    );
    return (await Promise.all(results)).flat();
  } catch (error) {
    failure.abort(error);
    throw error;
  }
}
