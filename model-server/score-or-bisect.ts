import { failureTypes } from '../contract/failure-types';
import { isModelServerError } from './errors';

/**
 * Scores all inputs in one request. Where the server refuses the whole because a score is NaN (vLLM's 400),
 * halves are asked for until the culprits stand alone: they get null, the others their scores.
 */
export async function scoreOrBisect<Input, Score>(
  inputs: readonly Input[],
  score: (inputs: readonly Input[]) => Promise<(Score | null)[]>,
): Promise<(Score | null)[]> {
  try {
    return await score(inputs);
  } catch (error) {
    if (!isModelServerError(error) || error.failureType !== failureTypes.noScores) throw error;
    if (inputs.length <= 1) return inputs.map(() => null);
    const middle = Math.ceil(inputs.length / 2);
    const first = await scoreOrBisect(inputs.slice(0, middle), score);
    return [...first, ...(await scoreOrBisect(inputs.slice(middle), score))];
  }
}
