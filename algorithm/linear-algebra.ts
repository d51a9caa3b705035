/**
 * The dense kernels the bandits stand on. Vectors and rows are plain number arrays so that state is JSON;
 * V8 stores them as unboxed doubles. This is the one file where indices are trusted (`!`).
 */
export type Vector = readonly number[];
export type Rows = readonly Vector[];

/** Σᵢ left[i]·right[i] over the length of `left`, which may be the shorter. Four sums run side by side, in one fixed order. */
export function dot(left: Vector, right: Vector): number {
  const length = left.length;
  const unrolled = length - (length % 4);
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < unrolled; i += 4) {
    first += left[i]! * right[i]!;
    second += left[i + 1]! * right[i + 1]!;
    third += left[i + 2]! * right[i + 2]!;
    fourth += left[i + 3]! * right[i + 3]!;
  }
  for (let i = unrolled; i < length; i += 1) first += left[i]! * right[i]!;
  return first + second + (third + fourth);
}

/** rows · x, one entry a row. */
export function multiply(rows: Rows, x: Vector): number[] {
  return rows.map((row) => dot(row, x));
}

/** x − Σᵢ weights[i]·rows[i]. */
export function subtractCombination(x: Vector, rows: Rows, weights: Vector): number[] {
  const result = x.slice();
  rows.forEach((row, i) => addScaled(result, -weights[i]!, row));
  return result;
}

/** y with L·y = b, for a lower triangle L stored by rows: row i has the i + 1 entries up to the diagonal. */
export function solveLower(lower: Rows, b: Vector): number[] {
  const y: number[] = [];
  for (let i = 0; i < lower.length; i += 1) {
    const row = lower[i]!;
    y.push((b[i]! - dot(y, row)) / row[i]!);
  }
  return y;
}

/** x with Lᵀ·x = y, for L stored as in `solveLower`. */
export function solveLowerTransposed(lower: Rows, y: Vector): number[] {
  const x = y.slice();
  for (let i = lower.length - 1; i >= 0; i -= 1) {
    const row = lower[i]!;
    const value = x[i]! / row[i]!;
    x[i] = value;
    for (let j = 0; j < i; j += 1) x[j]! -= value * row[j]!;
  }
  return x;
}

/** y with Rᵀ·y = b, for an upper triangle R stored by rows: row i has the entries from the diagonal on. */
export function solveUpperTransposed(upper: Rows, b: Vector): number[] {
  const y = b.slice();
  for (let i = 0; i < upper.length; i += 1) {
    const row = upper[i]!;
    const value = y[i]! / row[0]!;
    y[i] = value;
    for (let j = 1; j < row.length; j += 1) y[i + j]! -= value * row[j]!;
  }
  return y;
}

/** x with R·x = y, for R stored as in `solveUpperTransposed`. */
export function solveUpper(upper: Rows, y: Vector): number[] {
  const x = y.slice();
  for (let i = upper.length - 1; i >= 0; i -= 1) {
    const row = upper[i]!;
    for (let j = 1; j < row.length; j += 1) x[i]! -= row[j]! * x[i + j]!;
    x[i]! /= row[0]!;
  }
  return x;
}

/** scale·I of size n as an upper triangle stored by rows. */
export function scaledIdentity(size: number, scale: number): number[][] {
  return Array.from({ length: size }, (_, i) => {
    const row = new Array<number>(size - i).fill(0);
    row[0] = scale;
    return row;
  });
}

/**
 * Turns the row [x, value] into [R, z] by Givens rotations, in place, so that afterwards
 * RᵀR has grown by x·xᵀ and Rᵀz by value·x (Golub & Van Loan, Matrix Computations, 4th ed., 6.5).
 */
export function rotateIn(upper: number[][], z: number[], x: Vector, value: number): void {
  const incoming = x.slice();
  let incomingValue = value;
  for (let i = 0; i < upper.length; i += 1) {
    const row = upper[i]!;
    const pivot = row[0]!;
    const entry = incoming[i]!;
    if (entry === 0) continue;
    const radius = Math.sqrt(pivot * pivot + entry * entry);
    const cosine = pivot / radius;
    const sine = entry / radius;
    for (let j = 0; j < row.length; j += 1) {
      const kept = row[j]!;
      const turned = incoming[i + j]!;
      row[j] = cosine * kept + sine * turned;
      incoming[i + j] = cosine * turned - sine * kept;
    }
    const keptValue = z[i]!;
    z[i] = cosine * keptValue + sine * incomingValue;
    incomingValue = cosine * incomingValue - sine * keptValue;
  }
}

/** target += scale·source, in place. */
export function addScaled(target: number[], scale: number, source: Vector): void {
  for (let i = 0; i < source.length; i += 1) target[i]! += scale * source[i]!;
}
