import { answerValue } from '../../../algorithm';

const accuracy = { metric: 'accuracy', answerPattern: '(\\d+)$' } as const;
const f1 = { metric: 'f1', answerPattern: null } as const;

test.each([
  ['it is 12', ['12'], accuracy, 1],
  ['it is 12', ['13'], accuracy, 0],
  ['it is 12', ['13', '12'], accuracy, 1],
  ['no number', ['12'], accuracy, 0],
  [' Paris.\n', ['paris'], { metric: 'accuracy', answerPattern: null } as const, 1],
  ['the red house', ['red house'], f1, 1],
  // Two of three words are right, and two of four are found: 2·2/(3 + 4).
  ['red green house', ['small red old house'], f1, 4 / 7],
  ['red', ['blue', 'red car'], f1, 2 / 3],
  ['Answer: red\nbecause', ['red'], { metric: 'f1', answerPattern: 'Answer: (\\w+)' } as const, 1],
  ['nothing of the kind', ['red'], { metric: 'f1', answerPattern: 'Answer: (\\w+)' } as const, 0],
])('%j against %j by %j is %d', (completion, answers, measured, value) => {
  expect(answerValue(completion, answers, measured)).toBeCloseTo(value, 12);
});

test('without an answer nothing can be measured', () => {
  expect(() => answerValue('12', [], accuracy)).toThrow('there are no answers');
});
