import { exactMatch, type PromptPair } from '../../algorithm';
import type { PreferencePair, PromptRecord } from '../../contract/round';

/** Pairs whose prompt has a verified answer, with whether either completion gives it. */
export function verifyPairs(
  pairs: readonly PreferencePair[],
  prompts: readonly PromptRecord[],
  answerPattern: string,
): PromptPair[] {
  const answers = new Map(prompts.map(({ promptId, answer }) => [promptId, answer]));
  return pairs.flatMap(({ promptId, chosen, rejected }) => {
    const answer = answers.get(promptId);
    if (answer === undefined) return [];
    const isCorrect = (completion: string) => exactMatch(completion, answer, answerPattern).correct;
    return [{ promptId, chosenCorrect: isCorrect(chosen), rejectedCorrect: isCorrect(rejected) }];
  });
}
