import type { PromptCompletions, PromptScores } from '../../../contract/round';

/** A prompt whose completions have these texts; a token a character. */
export function completionsOf(texts: readonly string[], promptId = 'p1'): PromptCompletions {
  const completions = texts.map((text) => ({
    text,
    tokenIds: [...text].map((character) => character.charCodeAt(0)),
    finishReason: 'stop' as const,
  }));
  return { promptId, prompt: 'What is 2 + 2?', promptTokenIds: [1, 2], completions };
}

export function scoresOf(scores: readonly (number | null)[], promptId = 'p1'): PromptScores {
  return { promptId, scores: [...scores] };
}
