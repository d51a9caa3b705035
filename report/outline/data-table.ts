import type { Cell, DataTable } from './outline';

/** A table whose first columns are words and all others numbers. */
export function dataTable(caption: string, heads: readonly string[], rows: Cell[][], words = 1): DataTable {
  return { caption, columns: heads.map((head, index) => ({ head, numeric: index >= words })), rows };
}

export function rewardModelCell(rewardModelId: string): Cell {
  return { text: rewardModelId, as: 'rewardModel' };
}

export function codeCell(text: string): Cell {
  return { text, as: 'code' };
}
