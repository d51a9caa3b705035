import type { PreferencePair, PromptCompletions, PromptRecord } from '../../contract/round';
import type { ArmDecision } from '../../contract/round-record';
import type { PairLoss, UnseenLoss } from '../../contract/training';
import { isInScope } from '../is-in-scope';

/** A choice of the bandit and what came of it: its prompts, their pairs, and the losses of these. */
export interface Choice {
  decision: ArmDecision;
  prompts: PromptRecord[];
  pairs: PreferencePair[];
  losses: PairLoss[];
  unseen: UnseenLoss[];
}

export interface RoundOutcome {
  prompts: readonly PromptRecord[];
  completions: readonly PromptCompletions[];
  pairs: readonly PreferencePair[];
  losses: readonly PairLoss[];
  unseen: readonly UnseenLoss[];
}

/** The part of a round's outcome that a choice was made for. */
export function choiceOf(decision: ArmDecision, { prompts, pairs, losses, unseen }: RoundOutcome): Choice {
  const own = prompts.filter((prompt) => isInScope(decision.scope, prompt));
  const ids = new Set(own.map(({ promptId }) => promptId));
  const isOwn = ({ promptId }: { promptId: string }) => ids.has(promptId);
  return {
    decision,
    prompts: own,
    pairs: pairs.filter(isOwn),
    losses: losses.filter(isOwn),
    unseen: unseen.filter(isOwn),
  };
}

/** The category of a choice's prompts; null where they are of several. */
export function categoryOf({ prompts }: Pick<Choice, 'prompts'>): string | null {
  const categories = new Set(prompts.map(({ category }) => category ?? 'all'));
  return categories.size === 1 ? [...categories][0]! : null;
}
