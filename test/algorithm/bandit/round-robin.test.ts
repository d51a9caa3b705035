import { roundRobin } from '../../../algorithm/bandit';
import { seededRandom } from '../../../algorithm/seeded-random';
import { banditCases } from './bandit.cases';

banditCases(roundRobin, {}, { contextual: false });

const random = seededRandom(1);

function play(state: ReturnType<typeof roundRobin.create>, rounds: number, mask: string[] = []) {
  const pulled: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { arm, propensity } = roundRobin.selectArm(state, [], { random, mask });
    pulled.push(arm);
    state = roundRobin.update(state, { arm, context: [], reward: 0.5, propensity });
  }
  return { state, pulled: pulled.join('') };
}

test('takes the arms in turn', () => {
  expect(play(roundRobin.create({}, ['a', 'b', 'c']), 7).pulled).toBe('abcabca');
});

test('passes over a masked arm, which has its turn once it is back', () => {
  const masked = play(roundRobin.create({}, ['a', 'b', 'c']), 4, ['b']);
  expect(masked.pulled).toBe('acac');
  expect(play(masked.state, 4).pulled).toBe('bacb');
});

test('gives a new arm its turn at once', () => {
  const { state } = play(roundRobin.create({}, ['a', 'b']), 3);
  expect(play(roundRobin.addArm(state, 'c'), 4).pulled).toBe('cbac');
});
