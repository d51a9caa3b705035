import { classifier } from '../../../algorithm/bandit';
import { seededRandom } from '../../../algorithm/seeded-random';
import { banditCases } from './bandit.cases';

const trained = {
  rewardModelIds: ['qwen', 'eurus', 'olmo'],
  weights: [
    [0, 1, 0],
    [1, 0, 0],
    [0, 0, -1],
  ],
  biases: [0, 0, 0],
};
const select = (context: number[], arms: string[], mask: string[] = []) =>
  classifier.selectArm(classifier.create({ classifier: trained }, arms), context, { random: seededRandom(1), mask });

banditCases(classifier, { classifier: trained }, { contextual: true });

test('asks the reward model that is most probably right, whatever the order of the arms', () => {
  expect(select([2, 1, 0], ['eurus', 'qwen', 'olmo'])).toMatchObject({ arm: 'eurus', propensity: 1 });
  expect(select([0, 3, 0], ['olmo', 'eurus', 'qwen']).arm).toBe('qwen');
  expect(select([0, 3, 0], ['olmo', 'eurus', 'qwen'], ['qwen']).arm).toBe('olmo');
});

test('scores are the probabilities, 0 for an arm it does not know', () => {
  const { arms } = select([1, 0, 0], ['zephyr', 'qwen', 'eurus', 'olmo']);
  const sum = 2 + Math.E;
  [0, 1 / sum, Math.E / sum, 1 / sum].forEach((p, k) => expect(arms[k]!.score).toBeCloseTo(p, 12));
});

test('refuses contexts it was not trained on, and a classifier in pieces', () => {
  expect(() => select([1, 2], ['eurus'])).toThrow(/has 2 values, but it was trained on 3/);
  expect(() => classifier.create({ classifier: { ...trained, biases: [0] } }, ['eurus'])).toThrow(
    /needs weights and a bias/,
  );
});
