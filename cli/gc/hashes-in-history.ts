import { hashesIn } from '../../artifact-store';

/** Every SHA-256 in a workflow’s history: in the payloads of its events, wherever they are. */
export function hashesInHistory(part: unknown): string[] {
  if (typeof part === 'string') return hashesIn(part);
  if (part instanceof Uint8Array) return hashesIn(Buffer.from(part).toString('latin1'));
  if (typeof part !== 'object' || part === null) return [];
  return Object.values(part).flatMap(hashesInHistory);
}
