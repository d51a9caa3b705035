import { readFile } from 'node:fs/promises';
import { hashesIn } from './hashes-in';
import type { StoredFile } from './stored-files';

/** `{` and `[`: how JSON, JSON lines and bundles begin. */
const openings = new Set([0x7b, 0x5b]);

/** The artifacts that can be got at from some hashes: those so named, and all that are named within them. */
export async function reach(
  objects: ReadonlyMap<string, StoredFile>,
  roots: Iterable<string>,
  reached: Set<string> = new Set(),
): Promise<Set<string>> {
  const waiting = [...roots];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const object = objects.get(next);
    if (!object || reached.has(next)) continue;
    reached.add(next);
    const bytes = await readFile(object.path);
    if (openings.has(bytes[0] ?? 0)) waiting.push(...hashesIn(bytes.toString('latin1')));
  }
  return reached;
}
