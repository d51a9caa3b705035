import { layOver } from '../../config/lay-over';

const base = {
  iterations: 10,
  sampling: { temperature: 0.8, stop: ['a', 'b'] },
  selection: { type: 'laser', bandit: { type: 'linUcb', alpha: 1, ridge: 2 }, exploration: 0 },
};

test.each([
  ['nothing', {}, base],
  ['a key', { iterations: 3 }, { ...base, iterations: 3 }],
  ['a new key', { seed: 3 }, { ...base, seed: 3 }],
  ['a key of a mapping', { sampling: { temperature: 1 } }, { ...base, sampling: { temperature: 1, stop: ['a', 'b'] } }],
  ['a list, whole', { sampling: { stop: ['c'] } }, { ...base, sampling: { temperature: 0.8, stop: ['c'] } }],
  ['another type, whole', { selection: { type: 'random' } }, { ...base, selection: { type: 'random' } }],
  [
    'the same type, key by key',
    { selection: { type: 'laser', bandit: { alpha: 5 } } },
    { ...base, selection: { ...base.selection, bandit: { type: 'linUcb', alpha: 5, ridge: 2 } } },
  ],
  [
    'another type further in',
    { selection: { bandit: { type: 'exp3' } } },
    { ...base, selection: { ...base.selection, bandit: { type: 'exp3' } } },
  ],
])('changes %s', (_what, changes, expected) => {
  const before = structuredClone(base);
  expect(layOver(base, changes)).toEqual(expected);
  expect(base).toEqual(before);
});
