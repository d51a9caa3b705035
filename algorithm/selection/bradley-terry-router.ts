import type { GaussianPrior } from '../bandit';
import { addScaled, dot } from '../linear-algebra';
import { minimise } from '../minimise';
import { contextLength, type LabelledPreference } from './labelled-preference';

/** Plain JSON data: an embedding of length d by reward model. They sum to 0, as only differences matter. */
export interface BradleyTerryRouter {
  readonly embeddings: Readonly<Record<string, readonly number[]>>;
}

/**
 * Offline router: in context c the reward models compete, and one that orders a labelled pair right beats one that does not:
 *
 *   P(i beats j | c) = σ(c·(v_i − v_j)),   minimise  mean over pairs of −log P + λ/2 Σ |v_k|²
 *
 * This is BayesianRouter's Bradley–Terry head (Wu & Lu 2025, arXiv 2510.02850), with the policy's own context in place of a
 * trained encoder: so it is convex, has one solution, and the online bandit sees the same features. Each preference counts
 * once however many competitions it gives. Throws when l2 is not above 0, or the reward models are alike in every preference.
 */
export function trainBradleyTerryRouter(
  preferences: readonly LabelledPreference[],
  rewardModelIds: readonly string[],
  { l2 }: { readonly l2: number },
): BradleyTerryRouter {
  if (!(l2 > 0)) throw new Error(`Bradley–Terry router: l2 is ${l2}; give a number above 0.`);
  const length = contextLength('Bradley–Terry router', preferences);
  const contests = preferences.flatMap(({ context, rightness }) => {
    const winsAndLosses = competitions(rewardModelIds.map((id) => rightness[id] ?? null));
    return winsAndLosses.length === 0 ? [] : [{ context, winsAndLosses }];
  });
  if (contests.length === 0) {
    throw new Error(
      'Bradley–Terry router: the reward models order every labelled pair alike; give pairs they disagree on.',
    );
  }

  const rowsOf = (flat: readonly number[]) => rewardModelIds.map((_, k) => flat.slice(k * length, (k + 1) * length));
  const objective = (flat: readonly number[]) => {
    const rows = rowsOf(flat);
    const gradient = rows.map((row) => row.map((component) => l2 * component));
    let value = (l2 * dot(flat, flat)) / 2;
    for (const { context, winsAndLosses } of contests) {
      const strengths = rows.map((row) => dot(context, row));
      const pulls = rows.map(() => 0);
      const share = 1 / winsAndLosses.length / contests.length;
      for (const [winner, loser] of winsAndLosses) {
        const margin = (strengths[winner] ?? 0) - (strengths[loser] ?? 0);
        const pull = share / (1 + Math.exp(margin));
        value += share * softplus(-margin);
        pulls[winner] = (pulls[winner] ?? 0) - pull;
        pulls[loser] = (pulls[loser] ?? 0) + pull;
      }
      for (const [k, row] of gradient.entries()) addScaled(row, pulls[k] ?? 0, context);
    }
    return { value, gradient: gradient.flat() };
  };
  const rows = rowsOf(minimise(objective, new Array<number>(length * rewardModelIds.length).fill(0)));
  return { embeddings: Object.fromEntries(rewardModelIds.map((id, k) => [id, rows[k] ?? []])) };
}

/**
 * The embeddings as prior means of linear Thompson sampling, as BayesianRouter injects them, with one precision (its λ₀) in
 * all directions. An embedding is in log-odds and the bandit's rewards in [0, 1]: near 0, σ(x) − ½ ≈ x/4, so a `rewardScale`
 * of ¼, the default, lets c·mean be about how much oftener than even the reward model beats an average one.
 */
export function bradleyTerryPriors(
  { embeddings }: BradleyTerryRouter,
  { precision, rewardScale = 0.25 }: { readonly precision: number; readonly rewardScale?: number },
): Record<string, GaussianPrior> {
  const priors = Object.entries(embeddings).map(([id, embedding]) => {
    return [id, { mean: embedding.map((component) => rewardScale * component), precision }] as const;
  });
  return Object.fromEntries(priors);
}

/** Of all pairs of reward models, those of which one was more right: [winner, loser] by place. */
function competitions(rightness: readonly (number | null)[]): (readonly [number, number])[] {
  return rightness.flatMap((one, winner) =>
    rightness.flatMap((other, loser) =>
      one !== null && other !== null && one > other ? [[winner, loser] as const] : [],
    ),
  );
}

function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
