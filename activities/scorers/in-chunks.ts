import pLimit from 'p-limit';

/** Maps items in chunks, a bounded number of chunks at a time; results come back flat and in order. */
export async function inChunks<Item, Result>(
  items: readonly Item[],
  { chunk, concurrency }: { chunk: number; concurrency: number },
  map: (items: readonly Item[]) => Promise<Result[]>,
): Promise<Result[]> {
  const limit = pLimit(concurrency);
  const chunks = [];
  for (let start = 0; start < items.length; start += chunk) chunks.push(items.slice(start, start + chunk));
  return (await Promise.all(chunks.map((part) => limit(() => map(part))))).flat();
}
