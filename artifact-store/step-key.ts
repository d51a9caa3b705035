import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Key of a step: SHA-256 of the canonical JSON of its name, its version and every input that determines its output.
 * Two steps with one key have one result, whoever runs them and whenever.
 */
export function stepKey(step: string, version: number, inputs: unknown): string {
  return sha256(canonicalJson({ inputs, step, version }));
}
