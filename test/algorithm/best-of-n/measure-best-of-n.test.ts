import { measureBestOfN, seededRandom, wilsonInterval, type PickedPrompt } from '../../../algorithm';

const options = { binary: true, seed: 1, resamples: 500 };
const prompt = (category: string, value: number, first: number, average: number, oracle: number): PickedPrompt => ({
  ...{ category, value, first, average, oracle },
});
const prompts = [prompt('sum', 1, 0, 0.5, 1), prompt('sort', 0, 0, 0.25, 1), prompt('sum', 1, 1, 0.75, 1)];

test('a row a category in order of name, then one for all', () => {
  const rows = measureBestOfN(prompts, options);
  expect(rows.map((row) => [row.category, row.prompts, row.value.estimate, row.first.estimate])).toEqual([
    ['sort', 1, 0, 0],
    ['sum', 2, 1, 0.5],
    ['all', 3, 2 / 3, 1 / 3],
  ]);
  expect(rows[2]!.average.estimate).toBeCloseTo(0.5, 12);
  expect(rows[2]!.oracle.estimate).toBe(1);
  expect(rows[2]!.overFirst.estimate).toBeCloseTo(1 / 3, 12);
  expect(rows[2]!.overAverage.estimate).toBeCloseTo(1 / 6, 12);
});

test('one category needs no row of its own, no prompts no row at all', () => {
  expect(measureBestOfN([prompts[0]!, prompts[2]!], options).map(({ category }) => category)).toEqual(['all']);
  expect(measureBestOfN([], options)).toEqual([]);
});

test('shares have Wilson intervals, other values the bootstrap’s', () => {
  const [all] = measureBestOfN([prompts[0]!, prompts[2]!], options);
  expect(all!.value).toEqual({ estimate: 1, ...wilsonInterval(2, 2) });
  const [same] = measureBestOfN([prompts[0]!, prompts[2]!], { ...options, binary: false });
  expect(same!.value).toEqual({ estimate: 1, low: 1, high: 1 });
});

test('differences are paired: an even gain over prompts of any difficulty is certain', () => {
  const random = seededRandom(3);
  const many = Array.from({ length: 40 }, () => {
    const first = random.nextFloat() / 2;
    return prompt('all', first + 0.25, first, first, 1);
  });
  const [all] = measureBestOfN(many, { ...options, binary: false });
  expect(all!.overFirst.low).toBeCloseTo(0.25, 9);
  expect(all!.overFirst.high).toBeCloseTo(0.25, 9);
  expect(all!.value.high - all!.value.low).toBeGreaterThan(0.05);
});

test('the order of the categories does not matter', () => {
  const [, , all] = measureBestOfN(prompts, options);
  const [, , turned] = measureBestOfN([prompts[1]!, prompts[0]!, prompts[2]!], options);
  expect(turned).toEqual(all);
});
