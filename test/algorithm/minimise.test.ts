import { minimise } from '../../algorithm/minimise';

test('finds the minimum of a badly scaled quadratic', () => {
  const scales = [1, 10, 100, 1e4];
  const target = [3, -1, 0.5, 2];
  const objective = (x: readonly number[]) => ({
    value: x.reduce((sum, value, i) => sum + (scales[i]! * (value - target[i]!) ** 2) / 2, 0),
    gradient: x.map((value, i) => scales[i]! * (value - target[i]!)),
  });
  minimise(objective, [0, 0, 0, 0]).forEach((value, i) => expect(value).toBeCloseTo(target[i]!, 7));
});

test('takes a smooth function that is not quadratic, and gives the same result twice', () => {
  const objective = ([x = 0, y = 0]: readonly number[]) => ({
    value: Math.exp(x + 3 * y - 0.1) + Math.exp(x - 3 * y - 0.1) + Math.exp(-x - 0.1),
    gradient: [
      Math.exp(x + 3 * y - 0.1) + Math.exp(x - 3 * y - 0.1) - Math.exp(-x - 0.1),
      3 * Math.exp(x + 3 * y - 0.1) - 3 * Math.exp(x - 3 * y - 0.1),
    ],
  });
  const found = minimise(objective, [1, 1]);
  expect(found[0]).toBeCloseTo(-Math.LN2 / 2, 8);
  expect(found[1]).toBeCloseTo(0, 8);
  expect(minimise(objective, [1, 1])).toEqual(found);
});

test('says so when it has not arrived', () => {
  const objective = ([x = 0]: readonly number[]) => ({ value: Math.exp(-x), gradient: [-Math.exp(-x)] });
  expect(() => minimise(objective, [0], { iterations: 5, tolerance: 0 })).toThrow(/not at the minimum after 5/);
});
