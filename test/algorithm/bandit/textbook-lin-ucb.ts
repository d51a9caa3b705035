/** LinUCB as the paper writes it, with explicit A⁻¹ by Gauss–Jordan elimination: what the fast one is held against. */
export class TextbookLinUcb {
  readonly A: number[][];
  readonly b: number[];

  constructor(dimension: number, ridge: number) {
    this.A = Array.from({ length: dimension }, (_, i) =>
      Array.from({ length: dimension }, (_, j) => (i === j ? ridge : 0)),
    );
    this.b = new Array<number>(dimension).fill(0);
  }

  predict(context: readonly number[]): { mean: number; variance: number } {
    const inverse = invert(this.A);
    const theta = inverse.map((row) => inner(row, this.b));
    return {
      mean: inner(theta, context),
      variance: inner(
        context,
        inverse.map((row) => inner(row, context)),
      ),
    };
  }

  learn(context: readonly number[], reward: number): void {
    context.forEach((ci, i) => {
      context.forEach((cj, j) => (at(this.A, i)[j] = at(at(this.A, i), j) + ci * cj));
      this.b[i] = at(this.b, i) + reward * ci;
    });
  }
}

export function invert(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: size }, (_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < size; column += 1) {
    const best = rows
      .map((row, i) => ({ i, size: i < column ? -1 : Math.abs(at(row, column)) }))
      .reduce((high, each) => (each.size > high.size ? each : high)).i;
    [rows[column], rows[best]] = [at(rows, best), at(rows, column)];
    const pivotRow = at(rows, column);
    const pivot = at(pivotRow, column);
    for (let j = 0; j < 2 * size; j += 1) pivotRow[j] = at(pivotRow, j) / pivot;
    rows.forEach((row, i) => {
      const factor = at(row, column);
      if (i === column || factor === 0) return;
      for (let j = 0; j < 2 * size; j += 1) row[j] = at(row, j) - factor * at(pivotRow, j);
    });
  }
  return rows.map((row) => row.slice(size));
}

function inner(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, i) => sum + value * at(right, i), 0);
}

function at<Item>(items: readonly Item[], index: number): Item {
  return items[index] as Item;
}
