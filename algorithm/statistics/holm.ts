/**
 * Holm's step-down adjustment of a table of p-values, in the order given: with p₍₁₎ ≤ … ≤ p₍ₘ₎,
 *
 *   p̃₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1)·p₍ⱼ₎)
 *
 * Rejecting where p̃ ≤ α keeps the chance of any false rejection at most α, however the tests depend on each other
 * (Holm 1979, "A Simple Sequentially Rejective Multiple Test Procedure"). Throws on a p-value outside [0, 1].
 */
export function holm(pValues: readonly number[]): number[] {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new Error(`holm: a p-value is ${wrong}; give numbers from 0 to 1.`);
  const ascending = pValues.map((p, place) => ({ p, place })).sort((left, right) => left.p - right.p);
  const adjusted = new Array<number>(pValues.length).fill(0);
  let highest = 0;
  for (const [rank, { p, place }] of ascending.entries()) {
    highest = Math.max(highest, Math.min(1, (pValues.length - rank) * p));
    adjusted[place] = highest;
  }
  return adjusted;
}
