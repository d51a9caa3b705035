import type { CampaignReport } from '../../contract/campaign-report';
import { promptOfPairScope } from '../../contract/pair-scope';
import type { RoundRecord } from '../../contract/round-record';

/**
 * Completions scored, and how many an ensemble would have had to score: every completion that a round compared, by every
 * reward model that could be asked in it.
 */
export function countCalls(rounds: readonly RoundRecord[]): CampaignReport['calls'] {
  let made = 0;
  let ensemble = 0;
  for (const round of rounds) {
    const asked = callsOf(round).reduce((sum, value) => sum + value, 0);
    const available = new Set(
      round.decisions.flatMap(({ arms }) => arms.filter((arm) => arm.available).map(({ armId }) => armId)),
    );
    made += asked;
    ensemble += Math.max(asked, comparedCompletions(round) * Math.max(available.size, round.scoring.length));
  }
  return { made, ensemble, saved: ensemble - made };
}

function callsOf({ scoring }: RoundRecord): number[] {
  return scoring.map(({ scored, missing }) => scored + missing);
}

/** Choices for pairs may send one completion to several reward models; those for prompts share them out. */
function comparedCompletions(round: RoundRecord): number {
  const compared = new Set(round.decisions.flatMap(({ scope }) => (scope === null ? [] : completionsOfPair(scope))));
  if (compared.size > 0) return compared.size;
  const calls = callsOf(round);
  return round.decisions.length > 1 ? calls.reduce((sum, value) => sum + value, 0) : Math.max(0, ...calls);
}

/** Both completions of a pair's scope, by prompt and place; none where it is another scope. */
function completionsOfPair(scope: string): string[] {
  const prompt = promptOfPairScope(scope);
  const places = prompt === null ? [] : scope.slice(prompt.length + 1).split('-');
  return places.map((place) => `${prompt}#${place}`);
}
