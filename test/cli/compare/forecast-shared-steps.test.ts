import { forecastSharedSteps } from '../../../cli/compare/forecast-shared-steps';
import { campaign } from '../../workflows/workflow-world';

const plan = { ...campaign, iterations: 2, roundsPerIteration: 3 };
const random = { ...plan, selection: { type: 'random', granularity: 'round' } } as const;
const hotter = { ...random, sampling: { ...plan.sampling, temperature: 1.5 } };
const stepsOf = (campaigns: (typeof campaign)[]) =>
  Object.fromEntries(forecastSharedSteps(campaigns).map(({ step, asked, shared }) => [step, [asked, shared]]));

test('a single campaign shares nothing', () => {
  expect(stepsOf([plan])).toEqual({
    ...{ drawProbes: [1, 0], fingerprintPolicy: [3, 0], evaluatePolicy: [3, 0], fitContextScaling: [1, 0] },
    ...{ drawPromptBatches: [2, 0], embedPrompts: [6, 0], generateCompletions: [6, 0], trainPolicy: [6, 0] },
  });
});

test('two strategies with one seed share the first policy’s measurement and completions, and all prompt batches', () => {
  expect(stepsOf([plan, random])).toMatchObject({
    ...{ drawProbes: [2, 1], evaluatePolicy: [6, 1], fitContextScaling: [1, 0], drawPromptBatches: [4, 2] },
    // Their contexts are scaled in other ways.
    ...{ embedPrompts: [12, 0], generateCompletions: [12, 3], trainPolicy: [12, 0] },
  });
});

test('two seeds share what does not depend on the seed', () => {
  expect(stepsOf([random, { ...random, seed: 2 }])).toMatchObject({
    ...{ evaluatePolicy: [6, 1], drawPromptBatches: [4, 0], generateCompletions: [12, 0] },
  });
});

test('other sampling means other completions, in the same contexts', () => {
  expect(stepsOf([random, hotter])).toMatchObject({ embedPrompts: [12, 3], generateCompletions: [12, 0] });
});
