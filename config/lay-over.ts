type Mapping = Record<string, unknown>;

/**
 * A value with changes laid over it: mappings key by key, anything else replaced. A mapping that names another `type` (or
 * `kind`) replaces the one below, as the keys of one type mean nothing to another.
 */
export function layOver(base: unknown, changes: unknown): unknown {
  if (!isMapping(base) || !isMapping(changes) || namesAnother(base, changes)) return changes;
  const merged: Mapping = { ...base };
  for (const [key, change] of Object.entries(changes)) merged[key] = key in base ? layOver(base[key], change) : change;
  return merged;
}

function namesAnother(base: Mapping, changes: Mapping): boolean {
  return ['type', 'kind'].some((tag) => changes[tag] !== undefined && changes[tag] !== base[tag]);
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
