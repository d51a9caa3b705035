import type { Client } from '@temporalio/client';
import { searchAttributes } from '../workflows/search-attributes';

/** IndexedValueType of Temporal's API, by the SDK's names. */
const indexedValueTypes = { KEYWORD: 2, INT: 3, DOUBLE: 4, KEYWORD_LIST: 7 } as const;

/**
 * Makes our search attributes known to the namespace, once.
 * @returns whether they are known now. A cluster that does not let us (Temporal Cloud: `tcld`) still runs campaigns; they
 * only cannot be filtered.
 */
export async function registerSearchAttributes({ connection, options: { namespace } }: Client): Promise<boolean> {
  const { operatorService } = connection;
  try {
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
    const missing = Object.values(searchAttributes).filter(({ name }) => !(name in customAttributes));
    if (missing.length === 0) return true;
    await operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, indexedValueTypes[type]])),
    });
    return true;
  } catch {
    return false;
  }
}
