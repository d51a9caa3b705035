import { mcnemarExact } from '../statistics/mcnemar-exact';

/**
 * Prompts that got better and worse between two measurements, and the exact two-sided p that both are as likely: McNemar's
 * test, and the sign test where points have ties.
 */
export function comparePoints(pairs: readonly { readonly before: number; readonly after: number }[]) {
  const { onlyFirst, onlySecond, pValue } = mcnemarExact(
    pairs.map(({ before, after }) => [before > after, after > before] as const),
  );
  return { gained: onlySecond, lost: onlyFirst, pValue };
}
