import * as fc from 'fast-check';
import { exactMatch, normaliseAnswer } from '../../../algorithm/verifier/exact-match';

test.each([
  [' 42. ', '42'],
  ['1,234', '1234'],
  ['12,345,678.50', '12345678.50'],
  ['-1,000', '-1000'],
  ['1,2', '1,2'],
  ['1,2345', '1,2345'],
  ['1234,567', '1234,567'],
  ['Yes', 'yes'],
  ['the  quick\nfox', 'the quick fox'],
  ['007', '007'],
  ['5.0', '5.0'],
  ['...', ''],
])('%j is normalised to %j', (answer, expected) => expect(normaliseAnswer(answer)).toBe(expected));

test('normalising again changes nothing', () => {
  const pieces = fc.array(fc.constantFrom('1', '23', '456', ',', '.', ' ', '-', 'a', 'B', '\n'));
  fc.assert(
    fc.property(pieces, (parts) => {
      const once = normaliseAnswer(parts.join(''));
      expect(normaliseAnswer(once)).toBe(once);
    }),
    { numRuns: 2000 },
  );
});

const pattern = String.raw`#### (.+)`;

test('a completion is right when its last answer is the verified one', () => {
  expect(exactMatch('#### 4\nno:\n#### 1,200.', '1200', pattern)).toEqual({ correct: true, extracted: '1,200.' });
  expect(exactMatch('#### 1200\n#### 4', '1200', pattern)).toEqual({ correct: false, extracted: '4' });
  expect(exactMatch('1200', '1200', pattern)).toEqual({ correct: false, extracted: null });
});
