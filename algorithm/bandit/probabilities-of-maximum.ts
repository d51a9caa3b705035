import { normalCdf, normalDensity } from '../statistics/normal-distribution';

export interface Normal {
  readonly mean: number;
  readonly width: number;
}

/**
 * P(X_k is the largest) for independent X_k ~ N(mean_k, width_k²), to about 1e-9; the result sums to 1.
 *
 *   P_k = ∫ f_k(x) Π_{j≠k} F_j(x) dx
 *
 * by five-point Gauss–Legendre on panels cut at every mean ± 0 … 8 widths, so that each density is smooth on each panel.
 * Where a width is 0 (then all are: same context) the highest mean has probability 1, the first on a tie.
 */
export function probabilitiesOfMaximum(variables: readonly Normal[]): number[] {
  const highest = variables.reduce((best, variable) => (variable.mean > best.mean ? variable : best));
  const certain = variables.some(({ width }) => width === 0);
  if (certain || variables.length === 1) return variables.map((variable) => (variable === highest ? 1 : 0));

  const totals = variables.map(() => 0);
  for (const { position, weight } of nodes(cuts(variables))) {
    const standardised = variables.map(({ mean, width }) => (position - mean) / width);
    const below = standardised.map(normalCdf);
    variables.forEach(({ width }, k) => {
      const others = below.reduce((product, probability, j) => (j === k ? product : product * probability), 1);
      totals[k] = (totals[k] ?? 0) + (weight * others * normalDensity(standardised[k] ?? 0)) / width;
    });
  }
  const sum = totals.reduce((all, total) => all + total, 0);
  return totals.map((total) => total / sum);
}

function cuts(variables: readonly Normal[]): number[] {
  const steps = Array.from({ length: 17 }, (_, i) => i - 8);
  const all = variables.flatMap(({ mean, width }) => steps.map((step) => mean + step * width));
  return [...new Set(all)].sort((left, right) => left - right);
}

const outer = Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3;
const inner = Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3;
const outerWeight = (322 - 13 * Math.sqrt(70)) / 900;
const innerWeight = (322 + 13 * Math.sqrt(70)) / 900;
const legendre = [
  { at: -outer, weight: outerWeight },
  { at: -inner, weight: innerWeight },
  { at: 0, weight: 128 / 225 },
  { at: inner, weight: innerWeight },
  { at: outer, weight: outerWeight },
];

function* nodes(edges: readonly number[]): Generator<{ position: number; weight: number }> {
  for (const [i, right] of edges.entries()) {
    const left = edges[i - 1];
    if (left === undefined) continue;
    const half = (right - left) / 2;
    for (const { at, weight } of legendre) yield { position: left + half * (1 + at), weight: half * weight };
  }
}
