import { campaignTraining } from '../../contract/campaign-training';
import { trainingProblems } from '../../contract/training-problems';

const problemsOf = (options: object) => trainingProblems(campaignTraining.parse(options), 8);

test.each([
  {},
  { lossType: 'robust' },
  { lossType: 'robust', labelSmoothing: 0.1, fDivergenceType: 'forward_kl' },
  { lossType: 'exo_pair', labelSmoothing: 1e-3 },
  { lossType: 'nca_pair', fDivergenceType: 'reverse_kl' },
  { learningRateSchedule: 'cosine', warmupRounds: 7 },
  { miniBatchSize: 4, microBatchSize: 4 },
])('%j go together', (options) => {
  expect(problemsOf(options)).toEqual([]);
});

test.each<[object, string, RegExp]>([
  [{ lossType: 'exo_pair' }, 'labelSmoothing', /must be above 0 for exo_pair/],
  [{ labelSmoothing: 0.1 }, 'labelSmoothing', /no meaning for sigmoid; it is of robust and exo_pair/],
  [{ lossType: 'apo_zero', fDivergenceType: 'js_divergence' }, 'fDivergenceType', /no meaning for apo_zero/],
  [{ miniBatchSize: 4, microBatchSize: 5 }, 'microBatchSize', /must not be above miniBatchSize \(4\)/],
  [{ warmupRounds: 8 }, 'warmupRounds', /must be below the campaign’s 8 rounds/],
])('%j do not', (options, key, message) => {
  expect(problemsOf(options)).toEqual([{ path: ['training', key], message: expect.stringMatching(message) }]);
});
