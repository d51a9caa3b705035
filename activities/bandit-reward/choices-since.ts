import type { ArtifactStore } from '../../artifact-store';
import type { ArtifactRef } from '../../contract/artifact';
import { promptCompletions, type PromptRecord } from '../../contract/round';
import type { ArmDecision, RoundRecord } from '../../contract/round-record';
import { isInScope } from '../is-in-scope';
import { readRoundLog } from '../read-round-log';

/** A choice of the bandit in a finished round that trained, and the categories of its prompts. */
export interface PastChoice extends ArmDecision {
  iteration: number;
  round: number;
  categories: string[];
}

interface Since {
  roundLog: ArtifactRef;
  /** Rounds of later iterations are wanted. */
  iteration: number;
  prompts: readonly PromptRecord[];
}

/** All choices since an iteration, oldest first. */
export async function choicesSince(
  store: ArtifactStore,
  { roundLog, iteration, prompts }: Since,
): Promise<PastChoice[]> {
  const promptOf = new Map(prompts.map((prompt) => [prompt.promptId, prompt]));
  const newestFirst: PastChoice[][] = [];
  for await (const round of readRoundLog(store, roundLog)) {
    if (round.iteration <= iteration) break;
    newestFirst.push(await choicesOf(store, round, promptOf));
  }
  return newestFirst.reverse().flat();
}

async function choicesOf(
  store: ArtifactStore,
  round: RoundRecord,
  promptOf: ReadonlyMap<string, PromptRecord>,
): Promise<PastChoice[]> {
  if (round.training === null) return [];
  const lines = await store.getJsonLines(round.completions, promptCompletions);
  const prompts = lines.flatMap(({ promptId }) => promptOf.get(promptId) ?? []);
  return round.decisions.map((decision) => {
    const own = prompts.filter((prompt) => isInScope(decision.scope, prompt));
    const categories = [...new Set(own.map(({ category }) => category ?? 'all'))];
    return { ...decision, iteration: round.iteration, round: round.round, categories };
  });
}
