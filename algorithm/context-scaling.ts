import type { ContextScaling } from '../contract/selection';

export interface FittedScaling {
  /** Length d. */
  mean: number[];
  /** Root mean square, over vectors, of the norm of vector − mean. */
  scale: number;
}

/** Component-wise mean of n vectors of length d. @throws RangeError for none, or for unequal lengths. */
export function meanVector(vectors: readonly (readonly number[])[]): number[] {
  const dimension = vectors[0]?.length;
  if (dimension === undefined) throw new RangeError('The mean of no vectors is not defined.');
  const sum = new Array<number>(dimension).fill(0);
  for (const vector of vectors) {
    if (vector.length !== dimension) {
      throw new RangeError(`Vectors of length ${dimension} and ${vector.length} have no common mean.`);
    }
    for (const [index, value] of vector.entries()) sum[index] = (sum[index] ?? 0) + value;
  }
  return sum.map((value) => value / vectors.length);
}

/** What `centred` and `centredOnly` need: where the prompts' hidden states lie, and how far apart they are. */
export function fitContextScaling(vectors: readonly (readonly number[])[]): FittedScaling {
  const mean = meanVector(vectors);
  const squares = vectors.map((vector) => squaredNorm(subtract(vector, mean)));
  const scale = Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / vectors.length);
  if (!(scale > 0)) throw new RangeError('All prompts have the same hidden state, so no context can tell them apart.');
  return { mean, scale };
}

/**
 * A context as the bandit takes it. LinUCB's width grows with the context's norm, so α means nothing without this.
 * Centred contexts point away from each other, and θ·c has no constant term: an arm that is good for one kind of prompt
 * would be thought bad for the others. So `centred` gets a last component of 1, and has length d + 1. `centredOnly` goes
 * without, for bandits whose arms start at an initial mean: there, that what disappoints on one kind of prompts is tried on
 * unlike ones is how specialists are found.
 * @param fitted needed for both.
 */
export function scaleContext(
  context: readonly number[],
  scaling: ContextScaling,
  fitted: FittedScaling | null,
): number[] {
  switch (scaling) {
    case 'none':
      return [...context];
    case 'unit': {
      const norm = Math.sqrt(squaredNorm(context));
      if (norm === 0) throw new RangeError('A context of norm 0 cannot be scaled to norm 1.');
      return context.map((value) => value / norm);
    }
    case 'centred':
    case 'centredOnly': {
      if (!fitted) throw new TypeError(`Scaling "${scaling}" needs a fitted mean and scale.`);
      const centred = subtract(context, fitted.mean).map((value) => value / fitted.scale);
      return scaling === 'centred' ? [...centred, 1] : centred;
    }
  }
}

function subtract(left: readonly number[], right: readonly number[]): number[] {
  if (left.length !== right.length) {
    throw new RangeError(`A context of length ${left.length} does not go with a scaling of length ${right.length}.`);
  }
  return left.map((value, index) => value - (right[index] ?? 0));
}

function squaredNorm(vector: readonly number[]): number {
  return vector.reduce((sum, value) => sum + value * value, 0);
}
