/**
 * Overlap of two answers as bags of words, 0 to 1: the harmonic mean of precision and recall over the tokens of
 * `normaliseWords`, as SQuAD and LongBench score answers (Rajpurkar et al. 2016, "SQuAD: 100,000+ Questions for Machine
 * Comprehension of Text"). With several references, the best. Degenerate: no tokens on one side is 0, on both 1 (SQuAD 2.0).
 * Throws when there is no reference.
 */
export function tokenF1(prediction: string, references: readonly string[]): number {
  if (references.length === 0) throw new Error('tokenF1: there are no references; give at least one answer.');
  const predicted = normaliseWords(prediction);
  return references.reduce((best, reference) => Math.max(best, overlap(predicted, normaliseWords(reference))), 0);
}

/** SQuAD's normalisation: lower case, ASCII punctuation removed, the articles a, an and the removed, split at white space. */
export function normaliseWords(text: string): string[] {
  const bare = text.toLowerCase().replace(/[!-/:-@[-`{-~]/g, '');
  return bare
    .replace(/(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
}

function overlap(predicted: readonly string[], reference: readonly string[]): number {
  if (predicted.length === 0 || reference.length === 0) return Number(predicted.length === reference.length);
  const left = new Map<string, number>();
  for (const word of reference) left.set(word, (left.get(word) ?? 0) + 1);
  let matched = 0;
  for (const word of predicted) {
    const remaining = left.get(word) ?? 0;
    if (remaining === 0) continue;
    matched += 1;
    left.set(word, remaining - 1);
  }
  return (2 * matched) / (predicted.length + reference.length);
}
