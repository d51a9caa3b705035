import { fixedArm } from '../../../algorithm/bandit';
import { seededRandom } from '../../../algorithm/seeded-random';
import { banditCases } from './bandit.cases';

banditCases(fixedArm, { arm: 'eurus' }, { contextual: false });

test('lets no other arm stand in', () => {
  const state = fixedArm.create({ arm: 'b' }, ['a', 'b']);
  expect(fixedArm.selectArm(state, [], { random: seededRandom(1) }).arm).toBe('b');
  expect(() => fixedArm.selectArm(state, [], { random: seededRandom(1), mask: ['b'] })).toThrow(/'b' is masked/);
  expect(() => fixedArm.removeArm(state, 'b')).toThrow(/'b' is not one of the arms \(a\)/);
  expect(() => fixedArm.create({ arm: 'c' }, ['a', 'b'])).toThrow(/'c' is not one of the arms \(a, b\)/);
});
