import { murmurHash } from './murmur-hash';

/** A stream of chance that its seed determines. Draws advance it; nothing else does. */
export interface Random {
  /** Uniform on [0, 1) in steps of 2⁻⁵³. */
  nextFloat(this: void): number;
  /** Uniform on 0 … bound − 1, without modulo bias; bound from 1 to 2³². */
  nextInt(this: void, bound: number): number;
  /** Standard normal. */
  normal(this: void): number;
  /** One of the items, each with the same probability. */
  pick<Item>(this: void, items: readonly Item[]): Item;
  /** A new array in random order (Fisher–Yates). */
  shuffle<Item>(this: void, items: readonly Item[]): Item[];
}

/** The stream of a seed (an integer from 0 to 2⁵³ − 1; see `deriveSeed`): xoshiro128** filled from hashes of the seed. */
export function seededRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new Error(`seededRandom: ${seed} is not an integer from 0 to 2^53 - 1; derive seeds with deriveSeed.`);
  }
  const word = (position: number) => murmurHash([seed, Math.floor(seed / 2 ** 32), position]);
  return randomFrom(xoshiro128StarStar([word(0), word(1), word(2), word(3) | 1]));
}

/** xoshiro128** 1.1 (Blackman & Vigna 2021, "Scrambled Linear Pseudorandom Number Generators"): unsigned 32-bit words. */
export function xoshiro128StarStar(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const product = Math.imul(b, 5);
    const word = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return word;
  };
}

function randomFrom(nextWord: () => number): Random {
  const nextFloat = () => ((nextWord() >>> 5) * 2 ** 26 + (nextWord() >>> 6)) / 2 ** 53;

  const nextInt = (bound: number) => {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new Error(`Random.nextInt: bound is ${bound}; give an integer from 1 to 2^32.`);
    }
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let word = nextWord();
    while (word >= limit) word = nextWord();
    return word % bound;
  };

  /** Box & Muller 1958; 1 − u keeps the logarithm finite. */
  const normal = () => Math.sqrt(-2 * Math.log(1 - nextFloat())) * Math.cos(2 * Math.PI * nextFloat());

  const pick = <Item>(items: readonly Item[]) => items[nextInt(items.length)] as Item;

  const shuffle = <Item>(items: readonly Item[]) => {
    const order = items.slice();
    for (let left = order.length; left > 1; left -= 1) {
      const chosen = nextInt(left);
      [order[left - 1], order[chosen]] = [order[chosen] as Item, order[left - 1] as Item];
    }
    return order;
  };

  return { nextFloat, nextInt, normal, pick, shuffle };
}
