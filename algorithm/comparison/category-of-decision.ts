import { promptOfPairScope } from '../../contract/pair-scope';
import type { ArmDecision, RoundRecord } from '../../contract/round-record';

const mixed = 'mixed';

/** Category of the prompts that a choice was made for, whose scope is a round, a category, a prompt or a pair; else "mixed". */
export function categoryOfDecision(
  { category }: Pick<RoundRecord, 'category'>,
  { scope }: Pick<ArmDecision, 'scope'>,
  categoryOfPrompt: Readonly<Record<string, string>>,
): string {
  if (category !== null) return category;
  if (scope === null) return mixed;
  return categoryOfPrompt[scope] ?? categoryOfPrompt[promptOfPairScope(scope) ?? ''] ?? scope;
}
