import type { LabelledPreference } from '../../../algorithm/selection/labelled-preference';
import {
  rewardModelProbabilities,
  trainRewardModelClassifier,
} from '../../../algorithm/selection/reward-model-classifier';
import { seededRandom } from '../../../algorithm/seeded-random';
import { tenPoints } from './ten-points';

const ids = ['eurus', 'qwen', 'olmo'];
const only = (right: number, context: number[]): LabelledPreference => ({
  context,
  rightness: Object.fromEntries(ids.map((id, k) => [id, Number(k === right)])),
});

/**
 * sklearn 1.9.1, LogisticRegression(C=1/(0.05*10), tol=1e-12) on the same ten points: coef_, intercept_, predict_proba([[.5, .5]])
 */
test('agrees with scikit-learn', () => {
  const labels = [0, 0, 0, 1, 1, 2, 2, 2, 2, 1];
  const classifier = trainRewardModelClassifier(
    tenPoints.map((context, i) => only(labels[i]!, context)),
    ids,
    { l2: 0.05 },
  );
  const weights = [
    [1.667524065545, 0.065221000705],
    [-0.464536820821, 0.757351879255],
    [-1.202987244724, -0.822572879961],
  ];
  const biases = [-0.438851779452, -0.036863425864, 0.475715205316];
  weights.flat().forEach((weight, i) => expect(classifier.weights.flat()[i]).toBeCloseTo(weight, 5));
  biases.forEach((bias, k) => expect(classifier.biases[k]).toBeCloseTo(bias, 5));
  const probabilities = [0.474212134136, 0.34504612773, 0.180741738144];
  rewardModelProbabilities(classifier, [0.5, 0.5]).forEach((p, k) => expect(p).toBeCloseTo(probabilities[k]!, 6));
});

test('shares a pair among all that order it right, and leaves out those that none does', () => {
  const context = [1];
  const both: LabelledPreference = { context, rightness: { eurus: 1, qwen: 1, olmo: 0 } };
  const none: LabelledPreference = { context, rightness: { eurus: 0, qwen: 0.5, olmo: null } };
  const probabilities = rewardModelProbabilities(trainRewardModelClassifier([both, none], ids, { l2: 0.01 }), context);
  expect(probabilities[0]).toBeCloseTo(probabilities[1]!, 8);
  expect(probabilities[0]).toBeCloseTo(0.5, 6);
  expect(() => trainRewardModelClassifier([none], ids, { l2: 0.01 })).toThrow(/no reward model orders any/);
});

test('is trained in contexts longer than there are pairs, the same way every time', () => {
  const random = seededRandom(3);
  const preferences = Array.from({ length: 40 }, (_, i) =>
    only(
      i % 3,
      Array.from({ length: 300 }, (__, j) => random.normal() + (j % 3 === i % 3 ? 0.5 : 0)),
    ),
  );
  const classifier = trainRewardModelClassifier(preferences, ids, { l2: 0.01 });
  expect(trainRewardModelClassifier(preferences, ids, { l2: 0.01 })).toEqual(classifier);
  const right = preferences.filter(({ context }, i) => {
    const probabilities = rewardModelProbabilities(classifier, context);
    return probabilities[i % 3] === Math.max(...probabilities);
  });
  expect(right).toHaveLength(40);
});

test('refuses what it cannot learn from', () => {
  expect(() => trainRewardModelClassifier([], ids, { l2: 0.1 })).toThrow(/there are no labelled preferences/);
  expect(() => trainRewardModelClassifier([only(0, [1])], ids, { l2: 0 })).toThrow(/l2 is 0/);
  expect(() => trainRewardModelClassifier([only(0, [1]), only(1, [1, 2])], ids, { l2: 0.1 })).toThrow(/preference 1/);
  const classifier = trainRewardModelClassifier([only(0, [1])], ids, { l2: 0.1 });
  expect(() => rewardModelProbabilities(classifier, [1, 2])).toThrow(/has 2 values, but it was trained on 1/);
});
