import { sequential } from '../../../algorithm/bandit';
import { seededRandom } from '../../../algorithm/seeded-random';
import { banditCases } from './bandit.cases';

banditCases(sequential, { rounds: 40 }, { contextual: false });

function pulls(rounds: number, count: number, mask: (round: number) => string[] = () => []): string {
  let state = sequential.create({ rounds }, ['a', 'b', 'c']);
  const chosen: string[] = [];
  for (let round = 0; round < count; round += 1) {
    const { arm } = sequential.selectArm(state, [], { random: seededRandom(1), mask: mask(round) });
    chosen.push(arm);
    state = sequential.update(state, { arm, context: [], reward: 0.5, propensity: 1 });
  }
  return chosen.join('');
}

test('one arm after the other, in parts that differ by one round at most; then the last stays', () => {
  expect(pulls(9, 11)).toBe('aaabbbccccc');
  expect(pulls(8, 8)).toBe('aaabbbcc');
  expect(pulls(2, 2)).toBe('ab');
});

test('while the one due is masked the next stands in', () => {
  expect(pulls(9, 9, (round) => (round === 1 ? ['a'] : round === 8 ? ['c'] : []))).toBe('ababbbcca');
});

test('refuses a schedule of no rounds', () => {
  expect(() => sequential.create({ rounds: 0 }, ['a'])).toThrow(/rounds is 0/);
});
