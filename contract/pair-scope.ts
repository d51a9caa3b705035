/** Scope of a choice that was made for two completions of a prompt, by their places. */
export function pairScope(promptId: string, one: number, other: number): string {
  return `${promptId}#${Math.min(one, other)}-${Math.max(one, other)}`;
}

/** The prompt that a scope of two completions is of; null where the scope is none. */
export function promptOfPairScope(scope: string): string | null {
  return /^(.*)#\d+-\d+$/s.exec(scope)?.[1] ?? null;
}
