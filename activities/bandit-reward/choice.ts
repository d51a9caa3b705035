import { pairScope, promptOfPairScope } from '../../contract/pair-scope';
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

/** Each choice with the part of the round's outcome that it was made for. */
export function choicesOf(decisions: readonly ArmDecision[], outcome: RoundOutcome): Choice[] {
  const { prompts, pairs, losses, unseen } = outcome;
  const isOfPairs = decisions.some(({ scope }) => scope !== null && promptOfPairScope(scope) !== null);
  const placeOf = new Map(isOfPairs ? pairScopes(outcome).map((scope, place) => [scope, place]) : []);
  return decisions.map((decision) => {
    const own = prompts.filter((prompt) => isInScope(decision.scope, prompt));
    const place = decision.scope === null ? undefined : placeOf.get(decision.scope);
    if (place !== undefined) {
      const isOwn = ({ pair }: PairLoss) => pair === place;
      return { decision, prompts: own, pairs: [pairs[place]!], losses: losses.filter(isOwn), unseen: [] };
    }
    if (isOfPairs) return { decision, prompts: own, pairs: [], losses: [], unseen: [] };
    const ids = new Set(own.map(({ promptId }) => promptId));
    const isOwn = ({ promptId }: { promptId: string }) => ids.has(promptId);
    const parts = { pairs: pairs.filter(isOwn), losses: losses.filter(isOwn), unseen: unseen.filter(isOwn) };
    return { decision, prompts: own, ...parts };
  });
}

/** The category of a choice's prompts; null where they are of several. */
export function categoryOf({ prompts }: Pick<Choice, 'prompts'>): string | null {
  const categories = new Set(prompts.map(({ category }) => category ?? 'all'));
  return categories.size === 1 ? [...categories][0]! : null;
}

/** Scope of each pair, found by its texts: a pair has different ones, and only the first of equal completions is in any. */
function pairScopes({ pairs, completions }: Pick<RoundOutcome, 'pairs' | 'completions'>): string[] {
  const placesOf = new Map(
    completions.map(({ promptId, completions: own }) => {
      return [promptId, new Map(own.map(({ text }, place) => [text, place] as const).reverse())];
    }),
  );
  return pairs.map(({ promptId, chosen, rejected }) => {
    const places = placesOf.get(promptId);
    return pairScope(promptId, places?.get(chosen) ?? -1, places?.get(rejected) ?? -1);
  });
}
