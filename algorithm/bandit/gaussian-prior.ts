import { dot } from '../linear-algebra';
import type { ContextVector } from './bandit';
import { checkParameter } from './check-input';

/** What is believed of an arm's θ before its first pull: N(mean, v²/precision · I). Plain JSON data. */
export interface GaussianPrior {
  /** μ, length d of the contexts. */
  readonly mean: readonly number[];
  /** λ > 0: pulls with a context of norm 1 that the prior weighs as much as. Takes the place of `ridge`. */
  readonly precision: number;
}

/** Throws unless the precision is above 0 and the mean finite. */
export function checkPrior(type: string, arm: string, { mean, precision }: GaussianPrior): void {
  checkParameter(type, `the precision of the prior of '${arm}'`, precision, { low: 0, openBelow: true });
  if (mean.every(Number.isFinite)) return;
  throw new Error(`${type}: the prior mean of '${arm}' is not finite; learn it again from finite contexts.`);
}

/** μ·c: the reward that the prior expects. Throws on a context of another length. */
export function priorReward(type: string, prior: GaussianPrior, context: ContextVector): number {
  if (prior.mean.length === context.length) return dot(prior.mean, context);
  throw new Error(
    `${type}: the context has ${context.length} values, but the prior mean ${prior.mean.length}; ` +
      'learn the prior from contexts of the same embedding and scaling.',
  );
}
