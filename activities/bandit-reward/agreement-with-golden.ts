import { goldenAgreement } from '../../algorithm';
import type { ChoiceEvidence } from '../../contract/bandit-log';
import type { PromptRecord } from '../../contract/round';
import type { Choice } from './choice';
import { verifyPairs } from './verify-pairs';

/** What the verified answers of golden prompts say of a choice; null where it has no pair of such a prompt. */
export function agreementWithGolden(
  { pairs, prompts }: Pick<Choice, 'pairs' | 'prompts'>,
  golden: readonly PromptRecord[],
  answerPattern: string,
): ChoiceEvidence | null {
  const verified = verifyPairs(pairs, golden, answerPattern);
  const ids = new Set(golden.map(({ promptId }) => promptId));
  const agreement = goldenAgreement(verified, ids);
  if (!agreement) return null;
  const categoryOf = new Map(prompts.map(({ promptId, category }) => [promptId, category ?? 'all']));
  const promptIds = [...new Set(verified.map(({ promptId }) => promptId))];
  return {
    rawReward: agreement.agreement,
    reward: agreement.banditReward,
    items: promptIds.map((id, index) => ({ category: categoryOf.get(id) ?? 'all', value: agreement.byPrompt[index]! })),
  };
}
