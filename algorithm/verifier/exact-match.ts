import { extractAnswer } from './extract-answer';

export interface Verdict {
  readonly correct: boolean;
  /** As it stood in the completion; null when there was none. */
  readonly extracted: string | null;
}

/** Whether the completion's final answer, found by the pattern, equals the verified answer after normalisation. */
export function exactMatch(completion: string, answer: string, pattern: string | RegExp): Verdict {
  const extracted = extractAnswer(completion, pattern);
  return { correct: extracted !== null && normaliseAnswer(extracted) === normaliseAnswer(answer), extracted };
}

/**
 * What two spellings of one answer have in common: lower case, white space trimmed and runs of it one space, full
 * stops at the end removed, and commas between groups of three digits removed ("1,234" is "1234"; "1,2" stays).
 * Leading zeros, signs, units and decimals stay: "007" is not "7", "$5" is not "5", "5.0" is not "5".
 */
export function normaliseAnswer(answer: string): string {
  const tidy = answer
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[. ]+$/, '');
  return tidy.replace(/(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])/g, (number) => number.replaceAll(',', ''));
}
