import { ProtocolViolationError, type CallSite } from './errors';

/** Items in the order of their `index`: exactly 0 to count − 1, each once, in whatever order they came. */
export function orderByIndex<Item extends { index: number }>(
  items: readonly Item[],
  count: number,
  site: CallSite,
): Item[] {
  if (items.length !== count) {
    throw new ProtocolViolationError(`it sent ${items.length} results where ${count} were asked for`, site);
  }
  const ordered: (Item | undefined)[] = new Array<Item | undefined>(count).fill(undefined);
  for (const item of items) {
    if (item.index >= count || ordered[item.index] !== undefined) {
      throw new ProtocolViolationError(`index ${item.index} of ${count} results came twice or is out of range`, site);
    }
    ordered[item.index] = item;
  }
  return ordered.filter((item) => item !== undefined);
}
