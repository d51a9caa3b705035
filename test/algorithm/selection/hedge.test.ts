import * as fc from 'fast-check';
import { createHedge, hedgeLearningRate, hedgeWeights, updateHedge } from '../../../algorithm/selection/hedge';

const ids = ['eurus', 'qwen', 'olmo'];

test('weights are e^(−η·losses), normalised', () => {
  const state = updateHedge(createHedge(ids, 0.5), { eurus: 0, qwen: 1, olmo: 0.2 });
  const raw = [1, Math.exp(-0.5), Math.exp(-0.1)];
  const sum = raw.reduce((total, weight) => total + weight, 0);
  ids.forEach((id, k) => expect(hedgeWeights(state)[id]).toBeCloseTo(raw[k]! / sum, 12));
});

test('whatever the losses, the regret stays below its bound', () => {
  const loss = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
  const rounds = fc.array(fc.tuple(loss, loss, loss), { minLength: 1, maxLength: 120 });
  fc.assert(
    fc.property(rounds, (sequence) => {
      let state = createHedge(ids, hedgeLearningRate(3, sequence.length));
      let mixed = 0;
      for (const losses of sequence) {
        const weights = hedgeWeights(state);
        mixed += ids.reduce((sum, id, k) => sum + weights[id]! * losses[k]!, 0);
        state = updateHedge(state, Object.fromEntries(ids.map((id, k) => [id, losses[k]!])));
      }
      const best = Math.min(...ids.map((_, k) => sequence.reduce((sum, losses) => sum + losses[k]!, 0)));
      expect(mixed - best).toBeLessThanOrEqual(Math.sqrt((sequence.length * Math.log(3)) / 2) + 1e-9);
    }),
  );
});

test('a reward model without a loss keeps its share', () => {
  let state = updateHedge(createHedge(ids, 1), { eurus: 0, qwen: 1, olmo: 0.5 });
  const before = hedgeWeights(state);
  state = updateHedge(state, { eurus: 1, qwen: 0, olmo: null });
  expect(hedgeWeights(state)['olmo']).toBeCloseTo(before['olmo']!, 12);
  expect(hedgeWeights(state)['eurus']).toBeLessThan(before['eurus']!);
  expect(hedgeWeights(updateHedge(state, { olmo: 1 }))).toEqual(hedgeWeights(state));
});

test('ten thousand rounds do not underflow', () => {
  let state = createHedge(ids, 2);
  for (let round = 0; round < 10_000; round += 1) state = updateHedge(state, { eurus: 1, qwen: 0.9, olmo: 1 });
  expect(hedgeWeights(state)['qwen']).toBeCloseTo(1, 12);
  expect(Object.values(hedgeWeights(state)).every(Number.isFinite)).toBe(true);
});

test('refuses what it cannot weigh', () => {
  expect(() => createHedge([], 1)).toThrow(/there are no reward models/);
  expect(() => createHedge(ids, 0)).toThrow(/learningRate is 0/);
  expect(() => updateHedge(createHedge(ids, 1), { nobody: 1 })).toThrow(/no reward model 'nobody'/);
  expect(() => updateHedge(createHedge(ids, 1), { eurus: 1.5 })).toThrow(/loss of 'eurus' is 1.5/);
});
