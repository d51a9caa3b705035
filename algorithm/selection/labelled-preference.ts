/** A pair of completions whose better one is known, and how each reward model ordered it. */
export interface LabelledPreference {
  /** Context of the prompt, length d, scaled as the bandit's are. */
  readonly context: readonly number[];
  /** By reward model: 1 right, 0 wrong, ½ tied; null: it gave no score. */
  readonly rightness: Readonly<Record<string, number | null>>;
}

/** How right a reward model was about a pair, from its scores of the better and the worse completion. null: one is missing. */
export function rightness(betterScore: number | null, worseScore: number | null): number | null {
  if (betterScore === null || worseScore === null) return null;
  if (betterScore === worseScore) return 0.5;
  return betterScore > worseScore ? 1 : 0;
}

/** d of the preferences. Throws on none, contexts of different lengths, or a value that is not finite. */
export function contextLength(where: string, preferences: readonly LabelledPreference[]): number {
  const length = preferences[0]?.context.length;
  if (length === undefined) throw new Error(`${where}: there are no labelled preferences; give at least one.`);
  const wrong = preferences.findIndex(({ context }) => context.length !== length || !context.every(Number.isFinite));
  if (wrong >= 0) {
    throw new Error(`${where}: the context of preference ${wrong} is not ${length} finite numbers, as the first is.`);
  }
  return length;
}
