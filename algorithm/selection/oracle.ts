import { mean } from '../statistics/mean';

/** Held-out accuracy (or whatever is to be highest) by category and reward model. */
export type OracleTable = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * The reward model that the table says is best for a category, the first of `available` on a tie; for prompts of mixed
 * categories (null), the best by the mean over categories. It knows what no campaign does: for analysis only.
 * Throws when the table misses the category or one of the reward models.
 */
export function oracle(table: OracleTable, category: string | null, available: readonly string[]): string {
  const categories = category === null ? Object.keys(table) : [category];
  const worth = (id: string) =>
    mean(
      categories.map((name) => {
        const value = table[name]?.[id];
        if (value !== undefined) return value;
        throw new Error(
          `oracle: the table has no entry for reward model '${id}' in category '${name}'; measure it first.`,
        );
      }),
    );
  const measured = available.map((id) => ({ id, value: worth(id) }));
  const [first, ...others] = measured;
  if (!first) throw new Error('oracle: no reward model is available; leave at least one to choose.');
  return others.reduce((best, each) => (each.value > best.value ? each : best), first).id;
}
