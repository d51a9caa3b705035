import type { PreferencePair, PromptCompletions } from '../../contract/round';
import type { PairOfCompletions } from './build-preference-pairs';

/** The line of a pairs artifact that a pair of completions stands for. Throws when a place is not among the completions. */
export function preferencePairRecord(
  { promptId, prompt, promptTokenIds, completions }: PromptCompletions,
  { chosen, rejected, chosenScore, rejectedScore }: PairOfCompletions,
): PreferencePair {
  const completionAt = (index: number) => {
    const completion = completions[index];
    if (completion) return completion;
    throw new Error(`prompt '${promptId}' has ${completions.length} completions but a pair names number ${index}.`);
  };
  const [better, worse] = [completionAt(chosen), completionAt(rejected)];
  return {
    promptId,
    prompt,
    promptTokenIds,
    chosen: better.text,
    chosenTokenIds: better.tokenIds,
    chosenScore,
    rejected: worse.text,
    rejectedTokenIds: worse.tokenIds,
    rejectedScore,
  };
}
