import * as fc from 'fast-check';
import { deriveSeed } from '../../algorithm/derive-seed';
import { murmurHash } from '../../algorithm/murmur-hash';

/** sklearn.utils.murmurhash3_32(struct.pack('<%dI' % len(words), *words), 0, positive=True), scikit-learn 1.9.1. */
test.each([
  [[], 0],
  [[1], 4226891818],
  [[0x74736574], 3127628307],
  [[1, 2, 3, 0xffffffff], 2991232168],
  [[0, 0, 1, 5, 104, 101, 108, 108, 111], 3145840551],
])('murmurHash of %j', (words, expected) => expect(murmurHash(words)).toBe(expected));

/** The same hash over the words [parent low, high] and, a name, [0, low, high] or [1, length, …code units], shifted right by 1. */
test.each([
  [0, [], 834835838],
  [7, ['generate', 1, 12], 1454231855],
  [7, ['generate', '1', 12], 1825742077],
  [2 ** 53 - 1, ['score-eurus-7b', 3], 1095871822],
  [42, ['ab', 'c'], 298635777],
  [42, ['a', 'bc'], 2107194931],
] as [number, (string | number)[], number][])('the seed of %d and %j never changes', (parent, names, expected) => {
  expect(deriveSeed(parent, ...names)).toBe(expected);
});

test('is a non-negative integer below 2^31', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.array(fc.oneof(fc.string(), fc.maxSafeNat())), (parent, names) => {
      const seed = deriveSeed(parent, ...names);
      expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true);
    }),
  );
});

test('is spread out: 20,000 rounds have as few collisions as chance allows', () => {
  const seeds = new Set(Array.from({ length: 20_000 }, (_, round) => deriveSeed(1, 'generate', round)));
  expect(seeds.size).toBeGreaterThan(20_000 - 5);
});

test('refuses what is not a whole number', () => {
  for (const parent of [-1, 0.5, NaN, 2 ** 53]) expect(() => deriveSeed(parent, 'a')).toThrow(/give a whole number/);
  expect(() => deriveSeed(1, 1.5)).toThrow(/1.5 is not an integer/);
});
