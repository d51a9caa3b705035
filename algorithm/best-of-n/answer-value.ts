import { exactMatch } from '../verifier/exact-match';
import { extractAnswer } from '../verifier/extract-answer';
import { tokenF1 } from './token-f1';

export interface AnswerMetric {
  readonly metric: 'accuracy' | 'f1';
  /** What the answer in a completion looks like; null: the whole completion is the answer. */
  readonly answerPattern: string | null;
}

const wholeText = '[^]*\\S[^]*';

/**
 * What a completion is worth, 0 to 1, against answers of which each is right: with `accuracy`, whether its answer is one
 * of them; with `f1`, the overlap of words with the nearest of them (`tokenF1`). A completion in which the pattern finds
 * nothing is worth 0. Throws when there is no answer.
 */
export function answerValue(completion: string, answers: readonly string[], measured: AnswerMetric): number {
  if (answers.length === 0) throw new Error('answerValue: there are no answers; give at least one.');
  const { metric, answerPattern } = measured;
  const pattern = answerPattern ?? wholeText;
  if (metric === 'accuracy') return Number(answers.some((answer) => exactMatch(completion, answer, pattern).correct));
  const extracted = answerPattern === null ? completion : extractAnswer(completion, pattern);
  return extracted === null ? 0 : tokenF1(extracted, answers);
}
