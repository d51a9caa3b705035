import { rankingAccuracyPriors } from '../../../algorithm/selection/ranking-accuracy-priors';
import { rightness, type LabelledPreference } from '../../../algorithm/selection/labelled-preference';
import { seededRandom } from '../../../algorithm/seeded-random';
import { TextbookLinUcb } from '../bandit/textbook-lin-ucb';

test('a pair is ordered right, wrong, or neither', () => {
  expect([rightness(2, 1), rightness(1, 2), rightness(1, 1), rightness(null, 1), rightness(1, null)]).toEqual([
    1,
    0,
    0.5,
    null,
    null,
  ]);
});

test.each([4, 60])(
  'the mean is the textbook ridge regression of rightness, from %d preferences of length 6',
  (count) => {
    const random = seededRandom(9);
    const preferences: LabelledPreference[] = Array.from({ length: count }, (_, i) => ({
      context: Array.from({ length: 6 }, () => random.normal()),
      rightness: { eurus: random.nextFloat() < 0.7 ? 1 : 0, qwen: i % 2 === 0 ? null : 0.5 },
    }));
    const priors = rankingAccuracyPriors(preferences, ['eurus', 'qwen', 'unseen'], { ridge: 0.7, precision: 5 });
    for (const id of ['eurus', 'qwen']) {
      const textbook = new TextbookLinUcb(6, 0.7);
      for (const { context, rightness: right } of preferences) {
        if (right[id] !== null) textbook.learn(context, right[id]!);
      }
      priors[id]!.mean.forEach((component, i) => {
        expect(component).toBeCloseTo(textbook.predict([0, 1, 2, 3, 4, 5].map((j) => Number(i === j))).mean, 9);
      });
      expect(priors[id]!.precision).toBe(5);
    }
    expect(priors).not.toHaveProperty('unseen');
  },
);
