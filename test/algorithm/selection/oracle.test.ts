import { oracle } from '../../../algorithm/selection/oracle';

const table = { add: { eurus: 0.9, qwen: 0.5, olmo: 0.9 }, sort: { eurus: 0.2, qwen: 0.8, olmo: 0.3 } };

test.each([
  ['add', ['eurus', 'qwen', 'olmo'], 'eurus'],
  ['add', ['olmo', 'eurus'], 'olmo'],
  ['sort', ['eurus', 'olmo'], 'olmo'],
  [null, ['eurus', 'qwen', 'olmo'], 'qwen'],
])('for %s out of %j takes %s', (category, available, expected) => {
  expect(oracle(table, category, available)).toBe(expected);
});

test('says which entry is missing', () => {
  expect(() => oracle(table, 'sort', ['zephyr'])).toThrow(/no entry for reward model 'zephyr' in category 'sort'/);
  expect(() => oracle(table, 'reverse', ['eurus'])).toThrow(/category 'reverse'/);
  expect(() => oracle(table, 'add', [])).toThrow(/no reward model is available/);
});
