import type { ArmDecision } from '../contract/round-record';

/** What was not known of each arm at the last of a round's choices; nothing where none was made. */
export function lastWidths(decisions: readonly ArmDecision[]): Record<string, number | null> {
  return Object.fromEntries(decisions.at(-1)?.arms.map(({ armId, width }) => [armId, width]) ?? []);
}
