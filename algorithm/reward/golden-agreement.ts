import { pairAgreement, type PairAgreement, type VerifiedPair } from './pair-agreement';

export interface PromptPair extends VerifiedPair {
  readonly promptId: string;
}

export interface GoldenAgreement extends PairAgreement {
  readonly pairs: number;
  /** Mean balance of each golden prompt's pairs, −1 to 1, in order of first appearance: independent evidence for `updateGuard`. */
  readonly byPrompt: readonly number[];
}

/**
 * `pairAgreement` over the pairs of a small golden set of prompts alone: the only ones whose verified answers a campaign
 * may look at while it trains. null when the round has no pair of a golden prompt: nothing is known, which is not 0.
 */
export function goldenAgreement(
  pairs: readonly PromptPair[],
  goldenPromptIds: ReadonlySet<string>,
): GoldenAgreement | null {
  const golden = pairs.filter(({ promptId }) => goldenPromptIds.has(promptId));
  if (golden.length === 0) return null;
  const promptIds = [...new Set(golden.map(({ promptId }) => promptId))];
  const byPrompt = promptIds.map((id) => pairAgreement(golden.filter(({ promptId }) => promptId === id)).agreement);
  return { ...pairAgreement(golden), pairs: golden.length, byPrompt };
}
