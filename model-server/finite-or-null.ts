/** A score as a server sent it: a finite number, or null for anything else. Never 0 for a missing one. */
export function finiteOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
