import type { Cost, Spent } from '../../contract/cost-ledger';
import type { Budget } from '../../contract/prices';

export const nothingSpent: Spent = { seconds: 0, tokens: 0, money: 0 };

/** What of a cost counts against a budget. */
export function spentOf({ wallSeconds, generatedTokens, trainedTokens, money }: Cost): Spent {
  return { seconds: wallSeconds, tokens: generatedTokens + trainedTokens, money };
}

/** A campaign that was started before there was a ledger has spent nothing that is known. */
export function addSpent(left: Spent | undefined, right: Spent | undefined): Spent {
  const [before, after] = [left ?? nothingSpent, right ?? nothingSpent];
  return {
    seconds: before.seconds + after.seconds,
    tokens: before.tokens + after.tokens,
    money: before.money + after.money,
  };
}

/** The limits that are reached, in words, such as `seconds 61.2 of 60`; empty while there is budget left. */
export function reachedLimits(budget: Budget | undefined, spent: Spent): string[] {
  return (['seconds', 'tokens', 'money'] as const).flatMap((unit) => {
    const limit = budget?.[unit];
    return limit !== undefined && spent[unit] >= limit ? [`${unit} ${Number(spent[unit].toFixed(2))} of ${limit}`] : [];
  });
}
