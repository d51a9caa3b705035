import { murmurHash } from './murmur-hash';

/**
 * The seed of the stream that `names` lead to from `parent`, e.g. `deriveSeed(campaignSeed, 'generate', iteration, round)`.
 *
 * A non-negative integer below 2³¹, so every sampler takes it (vLLM, torch, numpy). The same arguments give the same
 * seed for ever; test vectors pin it. Names are hashed with their kind and length, so ('ab', 'c'), ('a', 'bc') and
 * ('abc') differ, as do 1 and '1'. With n derived seeds about n²/2³² pairs collide: streams, not identifiers.
 * Throws when the parent or a numeric name is not a safe integer ≥ 0.
 */
export function deriveSeed(parent: number, ...names: readonly (string | number)[]): number {
  return murmurHash([...integerWords(parent), ...names.flatMap(nameWords)]) >>> 1;
}

const numberTag = 0;
const stringTag = 1;

function nameWords(name: string | number): number[] {
  if (typeof name === 'number') return [numberTag, ...integerWords(name)];
  return [stringTag, name.length, ...Array.from({ length: name.length }, (_, i) => name.charCodeAt(i))];
}

function integerWords(value: number): [number, number] {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new Error(`deriveSeed: ${value} is not an integer from 0 to 2^53 - 1; give a whole number as seed or name.`);
  }
  return [value >>> 0, Math.floor(value / 2 ** 32)];
}
