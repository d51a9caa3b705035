import * as fc from 'fast-check';
import { seededRandom, xoshiro128StarStar } from '../../algorithm/seeded-random';

/** The first outputs of a Python transcription of the authors' reference code (prng.di.unimi.it). */
test.each([
  [
    [1, 2, 3, 4],
    [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804],
  ],
  [
    [0xdeadbeef, 0x12345678, 0xfffffffe, 7],
    [2576977301, 2031008384, 493839999, 1796020029, 1287633441, 2975519568],
  ],
] as [[number, number, number, number], number[]][])('xoshiro128** from %j', (state, expected) => {
  const next = xoshiro128StarStar(state);
  expect(expected.map(() => next())).toEqual(expected);
});

test('the same seed gives the same stream, another seed another', () => {
  const draw = (seed: number) => {
    const random = seededRandom(seed);
    return [random.nextFloat(), random.normal(), random.nextInt(1000), ...random.shuffle([1, 2, 3, 4, 5])];
  };
  expect(draw(12)).toEqual(draw(12));
  expect(draw(12)).not.toEqual(draw(13));
  expect(draw(2 ** 32)).not.toEqual(draw(0));
  expect(() => seededRandom(-1)).toThrow(/-1 is not an integer/);
});

test('nextFloat is uniform and normal is normal: mean and variance of 20,000 draws', () => {
  const random = seededRandom(1);
  const moments = (draw: () => number) => {
    const draws = Array.from({ length: 20_000 }, draw);
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    return [mean, draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length];
  };
  const [uniformMean, uniformVariance] = moments(random.nextFloat);
  expect(uniformMean).toBeCloseTo(0.5, 1);
  expect(uniformVariance).toBeCloseTo(1 / 12, 2);
  const [normalMean, normalVariance] = moments(random.normal);
  expect(Math.abs(normalMean ?? NaN)).toBeLessThan(0.03);
  expect(Math.abs((normalVariance ?? NaN) - 1)).toBeLessThan(0.05);
});

test('nextInt hits every value equally often', () => {
  const random = seededRandom(2);
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < 7000; i += 1) {
    const value = random.nextInt(7);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  for (const bound of [0, -1, 1.5, 2 ** 32 + 1]) expect(() => random.nextInt(bound)).toThrow(/give an integer/);
  expect(() => random.pick([])).toThrow(/bound is 0/);
});

test('nextInt has no modulo bias: of 3·2^30 values the lower third is drawn a third of the time', () => {
  const random = seededRandom(3);
  const lower = Array.from({ length: 6000 }, () => random.nextInt(3 * 2 ** 30)).filter(
    (value) => value < 2 ** 30,
  ).length;
  expect(Math.abs(lower - 2000)).toBeLessThan(200);
});

test('shuffle permutes a copy, and every order is as likely', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
      const before = [...items];
      const shuffled = seededRandom(seed).shuffle(items);
      expect(items).toEqual(before);
      expect([...shuffled].sort()).toEqual([...items].sort());
    }),
  );
  const random = seededRandom(4);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i += 1) {
    const order = random.shuffle(['a', 'b', 'c']).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
