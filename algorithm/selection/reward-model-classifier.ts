import { addScaled, dot } from '../linear-algebra';
import { minimise } from '../minimise';
import { contextLength, type LabelledPreference } from './labelled-preference';

/** Plain JSON data. Row k of `weights` (length d) and entry k of `biases` belong to reward model k. */
export interface RewardModelClassifier {
  readonly rewardModelIds: readonly string[];
  readonly weights: readonly (readonly number[])[];
  readonly biases: readonly number[];
}

export interface ClassifierOptions {
  /** λ > 0 of the penalty λ/2·Σ weights²; biases are free. Against the mean loss, so it does not depend on how many examples there are. */
  readonly l2: number;
}

/**
 * K-way classifier of contexts, trained on which reward model orders a labelled pair right; LASeR's classifier baseline
 * (arXiv 2410.01735, which draws one at random where several are right: here each gets the same share of the target, which
 * is the mean over such draws). Multinomial logistic regression:
 *
 *   P(k | c) = exp(w_k·c + b_k) / Σ_j exp(w_j·c + b_j),   minimise −1/n Σ Σ_k y_k log P(k | c) + λ/2 Σ |w_k|²
 *
 * Preferences that no reward model ordered right are left out; throws when none is left, or l2 is not above 0.
 */
export function trainRewardModelClassifier(
  preferences: readonly LabelledPreference[],
  rewardModelIds: readonly string[],
  { l2 }: ClassifierOptions,
): RewardModelClassifier {
  if (!(l2 > 0)) throw new Error(`classifier: l2 is ${l2}; give a number above 0.`);
  const length = contextLength('classifier', preferences);
  const examples = preferences.flatMap(({ context, rightness }) => {
    const right = rewardModelIds.map((id) => Number(rightness[id] === 1));
    const count = right.reduce((sum, one) => sum + one, 0);
    return count === 0 ? [] : [{ input: [...context, 1], target: right.map((one) => one / count) }];
  });
  if (examples.length === 0) {
    throw new Error('classifier: no reward model orders any of the labelled pairs right; give other pairs.');
  }
  const width = length + 1;
  const rowsOf = (flat: readonly number[]) => rewardModelIds.map((_, k) => flat.slice(k * width, (k + 1) * width));

  const objective = (flat: readonly number[]) => {
    const rows = rowsOf(flat);
    const gradient = rows.map((row) => row.map((weight, i) => (i === length ? 0 : l2 * weight)));
    let value = dot(gradient.flat(), flat) / 2;
    for (const { input, target } of examples) {
      const logProbabilities = logSoftmax(rows.map((row) => dot(row, input)));
      for (const [k, row] of gradient.entries()) {
        const logProbability = logProbabilities[k] ?? 0;
        const wanted = target[k] ?? 0;
        value -= (wanted * logProbability) / examples.length;
        addScaled(row, (Math.exp(logProbability) - wanted) / examples.length, input);
      }
    }
    return { value, gradient: gradient.flat() };
  };
  const rows = rowsOf(minimise(objective, new Array<number>(width * rewardModelIds.length).fill(0)));
  return {
    rewardModelIds,
    weights: rows.map((row) => row.slice(0, length)),
    biases: rows.map((row) => row[length] ?? 0),
  };
}

/** P(k | c) of each reward model in the classifier's order. Throws on a context of another length. */
export function rewardModelProbabilities(
  { weights, biases }: RewardModelClassifier,
  context: readonly number[],
): number[] {
  if (context.length !== weights[0]?.length) {
    throw new Error(
      `classifier: the context has ${context.length} values, but it was trained on ${weights[0]?.length}; use the same embedding.`,
    );
  }
  return logSoftmax(weights.map((row, k) => dot(row, context) + (biases[k] ?? 0))).map(Math.exp);
}

function logSoftmax(logits: readonly number[]): number[] {
  const highest = logits.reduce((high, logit) => Math.max(high, logit), -Infinity);
  const logSum = highest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0));
  return logits.map((logit) => logit - logSum);
}
