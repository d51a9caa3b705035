import type { PickCounts } from '../contract/campaign-run';

type Named = Readonly<Record<string, number>>;

/** Sums by name; what one side lacks is 0. */
export function addNamed(left: Named, right: Named): Record<string, number> {
  const sum: Record<string, number> = { ...left };
  for (const [name, value] of Object.entries(right)) sum[name] = (sum[name] ?? 0) + value;
  return sum;
}

/** The same by category and reward model. */
export function addPicks(left: PickCounts, right: PickCounts): PickCounts {
  const picks = { ...left };
  for (const [category, counts] of Object.entries(right)) picks[category] = addNamed(picks[category] ?? {}, counts);
  return picks;
}
