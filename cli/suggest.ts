import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean "quickstart"?` where one of the known words is near enough to what was typed, else nothing. */
export function suggest(typed: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const nearest = closest(typed, known);
  return distance(typed, nearest) <= Math.max(2, typed.length / 3) ? ` Did you mean "${nearest}"?` : '';
}
