import type { PromptRecord } from '../contract/round';

/** Whether a choice was made for a prompt: its scope is the whole round (null), or the prompt's category, or its id. */
export function isInScope(scope: string | null, { promptId, category }: PromptRecord): boolean {
  return scope === null || scope === promptId || scope === (category ?? 'all');
}
