import * as fc from 'fast-check';
import { normalCdf } from '../../../algorithm/statistics/normal-distribution';
import { studentTCdf, studentTReach } from '../../../algorithm/statistics/student-t';

test.each([
  [0.95, 1, 12.7062047364],
  [0.95, 2, 4.3026527297],
  [0.95, 5, 2.5705818366],
  [0.95, 30, 2.0422724563],
  [0.99, 10, 3.1692726726],
  [0.9, 4, 2.1318467863],
])('the %d interval with %d degrees of freedom reaches as far as the tables say', (confidence, df, reach) => {
  expect(studentTReach(confidence, df)).toBeCloseTo(reach, 8);
});

test('has the closed forms of one and two degrees of freedom', () => {
  for (const t of [-30, -2, -0.1, 0, 0.4, 1, 7]) {
    expect(studentTCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 12);
    expect(studentTCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 12);
  }
});

test('nears the normal distribution as the degrees of freedom grow', () => {
  expect(studentTCdf(1.3, 1e6)).toBeCloseTo(normalCdf(1.3), 6);
  expect(studentTReach(0.95, 1e9)).toBeCloseTo(1.959963985, 8);
});

test('reaches where the distribution function says, and further for fewer degrees of freedom', () => {
  const confidence = fc.double({ min: 0.5, max: 0.999, noNaN: true });
  const degrees = fc.double({ min: 0.7, max: 500, noNaN: true });
  fc.assert(
    fc.property(confidence, degrees, (level, df) => {
      const reach = studentTReach(level, df);
      expect(studentTCdf(reach, df) - studentTCdf(-reach, df)).toBeCloseTo(level, 9);
      expect(studentTReach(level, df * 1.5)).toBeLessThan(reach);
    }),
  );
});

test('refuses what is no confidence, and no degrees of freedom', () => {
  expect(() => studentTReach(95, 3)).toThrow(/confidence is 95/);
  expect(() => studentTReach(0.95, 0)).toThrow(/df is 0/);
});
