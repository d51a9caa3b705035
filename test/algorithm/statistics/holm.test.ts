import * as fc from 'fast-check';
import { holm } from '../../../algorithm/statistics/holm';

/** R 4: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") */
test('agrees with R, in the order given', () => {
  const expected = [0.03, 0.06, 0.06, 0.02];
  holm([0.01, 0.04, 0.03, 0.005]).forEach((p, i) => expect(p).toBeCloseTo(expected[i]!, 12));
  expect(holm([])).toEqual([]);
});

test('lies between the p-value and Bonferroni’s, keeps the order, and leaves one alone', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), (pValues) => {
      const adjusted = holm(pValues);
      pValues.forEach((p, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(p);
        expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, pValues.length * p));
        pValues.forEach((other, j) => {
          if (p <= other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
        });
      });
      expect(holm([pValues[0]!])).toEqual([pValues[0]]);
      const smallest = Math.min(...pValues);
      expect(Math.min(...adjusted)).toBeCloseTo(Math.min(1, pValues.length * smallest), 12);
    }),
  );
});

test('refuses what is no p-value', () => {
  expect(() => holm([0.5, 1.2])).toThrow(/a p-value is 1.2/);
  expect(() => holm([NaN])).toThrow(/a p-value is NaN/);
});
