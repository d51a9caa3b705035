import type { ReportedRound } from '../../contract/campaign-report';

/** Consecutive rounds that share a point in the plots and a row in their tables. */
export interface RoundGroup {
  /** "7", or "7–12". */
  label: string;
  /** Middle of the group, in rounds. */
  position: number;
  rounds: ReportedRound[];
}

/** At most `limit` groups, of sizes that differ by one at most. With few rounds, each is its own. */
export function groupRounds(rounds: readonly ReportedRound[], limit = 120): RoundGroup[] {
  const groups = Math.min(limit, rounds.length);
  const edge = (index: number) => Math.round((index * rounds.length) / groups);
  return Array.from({ length: groups }, (_, index) => {
    const members = rounds.slice(edge(index), edge(index + 1));
    const first = members[0]?.number ?? 0;
    const last = members.at(-1)?.number ?? 0;
    return {
      label: first === last ? String(first) : `${first}–${last}`,
      position: (first + last) / 2,
      rounds: members,
    };
  });
}

/** Rounds a group, as words: "1", "42", "41 or 42". */
export function groupSize(groups: readonly RoundGroup[]): string {
  const sizes = [...new Set(groups.map(({ rounds }) => rounds.length))].sort((left, right) => left - right);
  return sizes.length === 0 ? '1' : sizes.join(' or ');
}

/** What to say of the points: nothing where each is one round. */
export function groupingNote(groups: readonly RoundGroup[]): string {
  const size = groupSize(groups);
  return size === '1' ? '' : ` Each point is the mean of ${size} rounds.`;
}
