/**
 * One LinUCB step (select over 4 arms, update one) after 500 pulls, in three forms, on the same contexts in one process:
 * - ours: the dual form of algorithm/bandit/ridge;
 * - kept inverse: A⁻¹ of every arm as a d × d matrix, updated by Sherman–Morrison;
 * - fresh inverse: A inverted for every arm and step, as MABWiser and LASeR's own code do (there by LAPACK, which is
 *   faster than this plain Cholesky).
 *
 *   npx tsc --noEmit false --noCheck --rootDir . --outDir .laser/build
 *   node .laser/build/benchmarks/performance/lin-ucb.js
 */
import { cpus } from 'node:os';
import { linUcb } from '../../algorithm/bandit';
import { seededRandom } from '../../algorithm/seeded-random';
import { dot, multiply, solveLower, solveLowerTransposed } from '../../algorithm/linear-algebra';

const seed = 20261124;
const arms = ['eurus', 'qwen', 'olmo', 'zephyr'];
const parameters = { alpha: 0.1, ridge: 1 };
const pulls = 500;

interface Times {
  ours: number;
  keptInverse: number | null;
  freshInverse: number | null;
}

function measure(dimension: number): Times {
  const random = seededRandom(seed);
  const draw = () => Array.from({ length: dimension }, () => random.normal() / Math.sqrt(dimension));
  const observations = Array.from({ length: pulls }, (_, i) => ({
    arm: arms[i % arms.length] ?? '',
    context: draw(),
    reward: random.nextFloat(),
    propensity: 1,
  }));
  const state = observations.reduce(linUcb.update, linUcb.create(parameters, arms));
  const context = draw();
  const ours = fastest(15, () => {
    const { arm, propensity } = linUcb.selectArm(state, context, { random });
    linUcb.update(state, { arm, context, reward: 0.5, propensity });
  });

  const grams = () =>
    arms.map((arm) => gramMatrix(observations.filter((each) => each.arm === arm).map((each) => each.context)));
  return {
    ours,
    keptInverse: dimension > 1024 ? null : keptInverseStep(dimension, grams().slice(0, 1), context),
    freshInverse: dimension > 512 ? null : freshInverseStep(grams(), context),
  };
}

/** The time does not depend on the numbers in A⁻¹, so the matrices of all arms start from one A. */
function keptInverseStep(dimension: number, [gram = []]: number[][][], context: readonly number[]): number {
  const inverses = arms.map(() => gram.map((row) => row.map((value) => value / dimension)));
  return fastest(5, () => {
    const directions = inverses.map((inverse) => multiply(inverse, context));
    const widths = directions.map((direction) => dot(direction, context));
    const [direction = [], width = NaN] = [directions[0], widths[0]];
    inverses[0]?.forEach((row, i) => {
      const scale = (direction[i] ?? NaN) / (1 + width);
      for (let j = 0; j < dimension; j += 1) row[j] = (row[j] ?? NaN) - scale * (direction[j] ?? NaN);
    });
  });
}

function freshInverseStep(grams: readonly number[][][], context: readonly number[]): number {
  return fastest(1, () => grams.map((gram) => dot(multiply(invert(gram), context), context)));
}

/** A = I + Σ c cᵀ as a full d × d matrix. */
function gramMatrix(contexts: readonly (readonly number[])[]): number[][] {
  const dimension = contexts[0]?.length ?? 0;
  const columns = Array.from({ length: dimension }, (_, i) => contexts.map((context) => context[i] ?? NaN));
  return columns.map((left, i) => columns.map((right, j) => dot(left, right) + (i === j ? 1 : 0)));
}

/** A⁻¹ of a symmetric positive definite matrix: Cholesky, then a solve for each column of I. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const next = solveLower(lower, row);
    lower.push([...next, Math.sqrt((row[i] ?? NaN) - dot(next, next))]);
  }
  return matrix.map((_, i) => {
    const unit = new Array<number>(matrix.length).fill(0);
    unit[i] = 1;
    return solveLowerTransposed(lower, solveLower(lower, unit));
  });
}

/** The fastest of several runs in milliseconds, after one to warm up: other work on the machine only ever adds. */
function fastest(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs + 1 }, () => {
    const start = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
  return Math.min(...times.slice(1));
}

const cell = (value: number | null) => (value === null ? '' : Number(value.toPrecision(3)));
console.log(`node ${process.version}, ${cpus()[0]?.model}, seed ${seed}, ${pulls} pulls over ${arms.length} arms`);
console.table(
  [256, 512, 1024, 2048, 4096].map((d) => {
    const { ours, keptInverse, freshInverse } = measure(d);
    return {
      d,
      'ours ms': cell(ours),
      'kept inverse ms': cell(keptInverse),
      ratio: cell(keptInverse && keptInverse / ours),
      'fresh inverse ms': cell(freshInverse),
      'ratio ': cell(freshInverse && freshInverse / ours),
    };
  }),
);
