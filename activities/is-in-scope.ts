import { promptOfPairScope } from '../contract/pair-scope';
import type { PromptRecord } from '../contract/round';

/** Whether a choice was made for a prompt: its scope is the whole round (null), its category, its id, or two of its completions. */
export function isInScope(scope: string | null, { promptId, category }: PromptRecord): boolean {
  if (scope === null || scope === promptId || scope === (category ?? 'all')) return true;
  return promptOfPairScope(scope) === promptId;
}
