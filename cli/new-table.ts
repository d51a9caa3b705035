import Table from 'cli-table3';

/** A plain table, the first column to the left and the rest to the right. */
export function newTable(head: string[]) {
  return new Table({
    head,
    style: { head: [], border: [] },
    colAligns: head.map((_, index) => (index === 0 ? 'left' : 'right')),
  });
}
