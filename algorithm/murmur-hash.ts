/**
 * MurmurHash3_x86_32 (Austin Appleby, public domain) of 32-bit words in little-endian order, with hash seed 0.
 * Returns an unsigned 32-bit integer.
 */
export function murmurHash(words: readonly number[]): number {
  let hash = 0;
  for (const word of words) {
    const scrambled = Math.imul(rotateLeft(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
    hash = (Math.imul(rotateLeft(hash ^ scrambled, 13), 5) + 0xe6546b64) | 0;
  }
  hash ^= words.length * 4;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
