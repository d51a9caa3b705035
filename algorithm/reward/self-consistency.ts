import { pairAgreement } from './pair-agreement';

/** One prompt's completions and the pairs made of them. */
export interface AnsweredPrompt {
  /** The final answer of each completion, normalised; null where it has none. */
  readonly answers: readonly (string | null)[];
  /** Pairs by the places of their completions. */
  readonly pairs: readonly { readonly chosen: number; readonly rejected: number }[];
}

export interface SelfConsistency {
  /** Mean over pairs of [chosen gives the majority answer] − [rejected gives it]: −1 to 1. */
  readonly agreement: number;
  /** (agreement + 1)/2, in [0, 1]. */
  readonly banditReward: number;
  /** Prompts that had a majority answer, and those left out because two answers tied for the most, or none was given. */
  readonly prompts: number;
  readonly withoutMajority: number;
}

/**
 * Whether the pairs side with the answer that most of the prompt's completions give: a label-free stand-in for verified
 * answers, as good as the majority vote is right (Wang et al. 2023, "Self-Consistency Improves Chain of Thought
 * Reasoning"). A completion without an answer is not in the majority. A prompt whose top answers tie, so also one where
 * every completion gives another, has no majority and is left out. null when no pair is left.
 * Throws when a pair names a completion that is not there.
 */
export function selfConsistency(prompts: readonly AnsweredPrompt[]): SelfConsistency | null {
  const voted = prompts.flatMap(({ answers, pairs }) => {
    const majority = majorityAnswer(answers);
    return majority === null ? [] : [pairs.map((pair) => sides(answers, pair, majority))];
  });
  const pairs = voted.flat();
  if (pairs.length === 0) return null;
  return { ...pairAgreement(pairs), prompts: voted.length, withoutMajority: prompts.length - voted.length };
}

/** The answer given most often; null where none is given, or two tie for it. */
export function majorityAnswer(answers: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const answer of answers) if (answer !== null) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  const [first, second] = [...counts].sort(([, left], [, right]) => right - left);
  return first === undefined || first[1] === second?.[1] ? null : first[0];
}

function sides(
  answers: readonly (string | null)[],
  { chosen, rejected }: { chosen: number; rejected: number },
  majority: string,
): { chosenCorrect: boolean; rejectedCorrect: boolean } {
  const isMajority = (place: number) => {
    const answer = answers[place];
    if (answer !== undefined) return answer === majority;
    throw new Error(`selfConsistency: a pair names completion ${place} of ${answers.length}; align pairs and answers.`);
  };
  return { chosenCorrect: isMajority(chosen), rejectedCorrect: isMajority(rejected) };
}
