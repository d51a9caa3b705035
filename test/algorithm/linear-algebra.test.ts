import * as fc from 'fast-check';
import {
  dot,
  multiply,
  rotateIn,
  scaledIdentity,
  solveLower,
  solveLowerTransposed,
  solveUpperTransposed,
  subtractCombination,
} from '../../algorithm/linear-algebra';

const entry = fc.oneof(fc.constant(0), fc.double({ min: -10, max: 10, noNaN: true }));
const vector = (length: number) => fc.array(entry, { minLength: length, maxLength: length });
const sized = fc.integer({ min: 1, max: 9 });
const close = (left: readonly number[], right: readonly number[]) =>
  left.length === right.length && left.every((value, i) => Math.abs(value - (right[i] ?? NaN)) < 1e-8);

/** A lower triangle by rows, with a diagonal far from 0. */
const lowerOf = (size: number) =>
  fc
    .tuple(...Array.from({ length: size }, (_, i) => vector(i + 1)))
    .map((rows) => rows.map((row, i) => row.map((value, j) => (i === j ? 12 + value : value / 10))));

test('dot sums the products over the length of the left vector', () => {
  expect(dot([], [1, 2])).toBe(0);
  expect(dot([1, 2, 3], [4, 5, 6, 7])).toBe(32);
  fc.assert(
    fc.property(
      sized.chain((size) => fc.tuple(vector(size), vector(size))),
      ([left, right]) => {
        const expected = left.reduce((sum, value, i) => sum + value * (right[i] ?? NaN), 0);
        expect(close([dot(left, right)], [expected])).toBe(true);
      },
    ),
  );
});

test('triangular solves undo the products', () => {
  fc.assert(
    fc.property(
      sized.chain((size) => fc.tuple(lowerOf(size), vector(size))),
      ([lower, x]) => {
        const full = lower.map((row, i) => [...row, ...new Array<number>(x.length - i - 1).fill(0)]);
        const transposed = full.map((_, i) => full.map((row) => row[i] ?? NaN));
        expect(close(solveLower(lower, multiply(full, x)), x)).toBe(true);
        expect(close(solveLowerTransposed(lower, multiply(transposed, x)), x)).toBe(true);
        const upper = transposed.map((row, i) => row.slice(i));
        expect(close(solveUpperTransposed(upper, multiply(full, x)), x)).toBe(true);
      },
    ),
  );
});

test('subtractCombination takes weighted rows off', () => {
  expect(
    subtractCombination(
      [10, 10],
      [
        [1, 2],
        [3, 4],
      ],
      [2, 1],
    ),
  ).toEqual([5, 2]);
});

test('rotateIn adds x·xᵀ to RᵀR and value·x to Rᵀz', () => {
  fc.assert(
    fc.property(
      sized.chain((size) => fc.array(fc.tuple(vector(size), entry), { minLength: 1, maxLength: 12 })),
      (observations) => {
        const size = observations[0]?.[0].length ?? 0;
        const upper = scaledIdentity(size, 1.5);
        const z = new Array<number>(size).fill(0);
        for (const [x, value] of observations) rotateIn(upper, z, x, value);
        const square = upper.map((row, i) => [...new Array<number>(i).fill(0), ...row]);
        for (let i = 0; i < size; i += 1) {
          const column = (k: number) => square.map((row) => row[k] ?? NaN);
          const gram = Array.from({ length: size }, (_, j) => dot(column(i), column(j)));
          const expected = Array.from({ length: size }, (_, j) =>
            observations.reduce((sum, [x]) => sum + (x[i] ?? NaN) * (x[j] ?? NaN), i === j ? 2.25 : 0),
          );
          expect(close(gram, expected)).toBe(true);
          const right = observations.reduce((sum, [x, value]) => sum + value * (x[i] ?? NaN), 0);
          expect(close([dot(column(i), z)], [right])).toBe(true);
        }
      },
    ),
  );
});
