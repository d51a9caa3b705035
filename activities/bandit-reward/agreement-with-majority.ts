import { extractAnswer, normaliseAnswer, selfConsistency } from '../../algorithm';
import type { PromptCompletions } from '../../contract/round';
import type { Choice } from './choice';
import type { Measured } from './measured';

/** Whether a choice's pairs side with the answer that most completions of their prompt give; null without a majority. */
export function agreementWithMajority(
  { pairs }: Pick<Choice, 'pairs'>,
  completions: readonly PromptCompletions[],
  answerPattern: string,
): Measured | null {
  const answered = completions.flatMap((prompt) => {
    const own = pairs.filter(({ promptId }) => promptId === prompt.promptId);
    if (own.length === 0) return [];
    const placeOf = (text: string) => prompt.completions.findIndex((completion) => completion.text === text);
    return [
      {
        answers: prompt.completions.map(({ text }) => answerOf(text, answerPattern)),
        pairs: own.map(({ chosen, rejected }) => ({ chosen: placeOf(chosen), rejected: placeOf(rejected) })),
      },
    ];
  });
  const consistency = selfConsistency(answered);
  return consistency && { rawReward: consistency.agreement, reward: consistency.banditReward };
}

function answerOf(text: string, answerPattern: string): string | null {
  const answer = extractAnswer(text, answerPattern);
  return answer === null ? null : normaliseAnswer(answer);
}
