/**
 * The final answer in a completion: the last match of the pattern, its first capture group where it has one and it
 * took part, else the whole match; null when nothing matches. Flags of a RegExp are kept, a string gets none
 * (`^` and `$` are then the ends of the text). Throws a SyntaxError on a pattern that is not a regular expression.
 */
export function extractAnswer(completion: string, pattern: string | RegExp): string | null {
  const source = typeof pattern === 'string' ? pattern : pattern.source;
  const flags = typeof pattern === 'string' ? '' : pattern.flags.replace(/[gy]/g, '');
  const last = [...completion.matchAll(new RegExp(source, `${flags}g`))].at(-1);
  return last ? (last[1] ?? last[0]) : null;
}
