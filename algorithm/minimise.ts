import { dot } from './linear-algebra';

/** A differentiable function at a point: its value and gradient. */
export interface ValueAndGradient {
  readonly value: number;
  readonly gradient: readonly number[];
}

const memory = 10;
const sufficientDecrease = 1e-4;

interface Step {
  readonly moved: readonly number[];
  readonly turned: readonly number[];
  readonly curvature: number;
}

/**
 * The minimum of a smooth, strictly convex function, from `start`, until no component of the gradient exceeds `tolerance`
 * or no step improves the value any more in floating point: L-BFGS with a memory of 10 and Armijo backtracking (Nocedal &
 * Wright 2006, "Numerical Optimization", algorithms 7.4 and 3.1). No chance: the same input gives the same result.
 * Throws after `iterations` without having come there.
 */
export function minimise(
  objective: (point: readonly number[]) => ValueAndGradient,
  start: readonly number[],
  { tolerance = 1e-8, iterations = 2000 }: { tolerance?: number; iterations?: number } = {},
): number[] {
  let point = [...start];
  let here = objective(point);
  let steps: Step[] = [];
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    if (here.gradient.every((component) => Math.abs(component) <= tolerance)) return point;
    const direction = descentDirection(here.gradient, steps);
    const slope = dot(here.gradient, direction);
    let length = steps.length === 0 ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
    let next = along(point, direction, length);
    let there = objective(next);
    while (!(there.value <= here.value + sufficientDecrease * length * slope)) {
      length /= 2;
      if (length < 1e-12) return point;
      next = along(point, direction, length);
      there = objective(next);
    }
    const moved = next.map((value, i) => value - (point[i] ?? 0));
    const turned = there.gradient.map((value, i) => value - (here.gradient[i] ?? 0));
    const curvature = dot(moved, turned);
    if (curvature > 0) steps = [...steps.slice(1 - memory), { moved, turned, curvature }];
    point = next;
    here = there;
  }
  throw new Error(
    `minimise: not at the minimum after ${iterations} iterations; raise the L2 penalty or scale the contexts.`,
  );
}

/** −H·gradient, with H the inverse Hessian that the latest steps suggest (two-loop recursion). */
function descentDirection(gradient: readonly number[], steps: readonly Step[]): number[] {
  let direction = gradient.map((component) => -component);
  const weights: number[] = [];
  for (const { moved, turned, curvature } of [...steps].reverse()) {
    const weight = dot(moved, direction) / curvature;
    weights.push(weight);
    direction = along(direction, turned, -weight);
  }
  const latest = steps.at(-1);
  if (latest) {
    const scale = latest.curvature / dot(latest.turned, latest.turned);
    direction = direction.map((component) => component * scale);
  }
  for (const { moved, turned, curvature } of steps) {
    direction = along(direction, moved, (weights.pop() ?? 0) - dot(turned, direction) / curvature);
  }
  return direction;
}

function along(point: readonly number[], direction: readonly number[], length: number): number[] {
  return point.map((value, i) => value + length * (direction[i] ?? 0));
}
