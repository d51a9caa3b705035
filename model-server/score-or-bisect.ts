import { failureTypes } from '../contract/failure-types';
import { isModelServerError } from './errors';

interface BisectOptions {
  /**
   * The server's web framework answers a bare 500 where nobody catches what went wrong: with one input, a NaN mostly, or
   * with the server. Only what it says of the others can tell.
   */
  bareErrorMayBeOneInput?: boolean;
}

/**
 * Scores all inputs in one request. Where the server refuses the whole because a score is NaN (vLLM's 400),
 * halves are asked for until the culprits stand alone: they get null, the others their scores. A bare error of two
 * inputs alone, with no answer to any so far, is the server's and is thrown.
 */
export async function scoreOrBisect<Input, Score>(
  inputs: readonly Input[],
  score: (inputs: readonly Input[]) => Promise<(Score | null)[]>,
  { bareErrorMayBeOneInput = false }: BisectOptions = {},
): Promise<(Score | null)[]> {
  let isAnswered = false;
  let bareErrors = 0;
  return part(inputs);

  async function part(some: readonly Input[]): Promise<(Score | null)[]> {
    try {
      const scores = await score(some);
      isAnswered = true;
      return scores;
    } catch (error) {
      const isBare = bareErrorMayBeOneInput && isBareError(error);
      if (!isBare && !hasNoScores(error)) throw error;
      if (some.length <= 1) {
        if (isBare) bareErrors += 1;
        if (isBare && !isAnswered && bareErrors >= Math.min(2, inputs.length)) throw error;
        return some.map(() => null);
      }
      const middle = Math.ceil(some.length / 2);
      const first = await part(some.slice(0, middle));
      return [...first, ...(await part(some.slice(middle)))];
    }
  }
}

function hasNoScores(error: unknown): boolean {
  return isModelServerError(error) && error.failureType === failureTypes.noScores;
}

/** Starlette's answer for an exception that no handler takes, as FastAPI servers give it. */
function isBareError(error: unknown): boolean {
  return isModelServerError(error) && error.status === 500 && error.serverMessage?.trim() === 'Internal Server Error';
}
