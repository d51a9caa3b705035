import * as fc from 'fast-check';
import { planPromptBatches } from '../../algorithm/prompt-batches';

const plan = fc.record({
  size: fc.integer({ min: 1, max: 7 }),
  extra: fc.integer({ min: 0, max: 12 }),
  rounds: fc.nat(25),
  seed: fc.nat(),
});

/** No prompt may be a use ahead of another by more than one, at any point between batches and within them. */
function expectPassAfterPass(batches: readonly (readonly number[])[], members: readonly number[]) {
  const uses = new Map(members.map((prompt) => [prompt, 0]));
  for (const batch of batches) {
    expect(new Set(batch).size).toBe(batch.length);
    for (const prompt of batch) uses.set(prompt, (uses.get(prompt) ?? NaN) + 1);
    expect(Math.max(...uses.values()) - Math.min(...uses.values())).toBeLessThanOrEqual(1);
  }
}

test('mixed: full batches without repeats, pass after pass', () => {
  fc.assert(
    fc.property(plan, ({ size, extra, rounds, seed }) => {
      const prompts = Array.from({ length: size + extra }, () => ({}));
      const batches = planPromptBatches(prompts, { rounds, promptBatchSize: size, batching: 'mixed', seed });
      expect(batches).toHaveLength(rounds);
      expect(batches.every(({ prompts: batch, category }) => batch.length === size && category === null)).toBe(true);
      expectPassAfterPass(
        batches.map(({ prompts: batch }) => batch),
        [...prompts.keys()],
      );
    }),
  );
});

test('byCategory: each batch from one category, each block of K rounds a permutation of the categories', () => {
  const sizes = fc.array(fc.integer({ min: 3, max: 9 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(sizes, fc.nat(20), fc.nat(), (counts, rounds, seed) => {
      const prompts = counts.flatMap((count, k) => new Array<{ category: string }>(count).fill({ category: `c${k}` }));
      const batches = planPromptBatches(prompts, { rounds, promptBatchSize: 3, batching: 'byCategory', seed });
      for (const { prompts: batch, category } of batches) {
        expect(batch.every((prompt) => prompts[prompt]?.category === category)).toBe(true);
      }
      for (let start = 0; start + counts.length <= rounds; start += counts.length) {
        const block = batches.slice(start, start + counts.length).map(({ category }) => category);
        expect([...block].sort()).toEqual(counts.map((_, k) => `c${k}`));
      }
      counts.forEach((_, k) => {
        const members = [...prompts.keys()].filter((prompt) => prompts[prompt]?.category === `c${k}`);
        expectPassAfterPass(
          batches.filter(({ category }) => category === `c${k}`).map((batch) => batch.prompts),
          members,
        );
      });
    }),
  );
});

test('its seed determines it; passes differ from each other', () => {
  const prompts = Array.from({ length: 20 }, () => ({}));
  const options = { rounds: 4, promptBatchSize: 10, batching: 'mixed' as const, seed: 3 };
  const planned = planPromptBatches(prompts, options);
  expect(planPromptBatches(prompts, options)).toEqual(planned);
  expect(planPromptBatches(prompts, { ...options, seed: 4 })).not.toEqual(planned);
  expect(planned.slice(2)).not.toEqual(planned.slice(0, 2));
});

test('a longer plan begins like a shorter one', () => {
  const prompts = Array.from({ length: 9 }, (_, i) => ({ category: i % 2 === 0 ? 'even' : 'odd' }));
  for (const batching of ['mixed', 'byCategory'] as const) {
    const [short, long] = [5, 12].map((rounds) =>
      planPromptBatches(prompts, { rounds, promptBatchSize: 4, batching, seed: 1 }),
    );
    expect(long?.slice(0, 5)).toEqual(short);
  }
});

test('refuses batches larger than what they are drawn from, and prompts without a category', () => {
  const options = { rounds: 1, promptBatchSize: 3, seed: 1 };
  const few = [{ category: 'a' }, { category: 'a' }, { category: 'a' }, { category: 'b' }];
  expect(() => planPromptBatches(few.slice(2), { ...options, batching: 'mixed' })).toThrow(/all prompts has 2 prompts/);
  expect(() => planPromptBatches(few, { ...options, batching: 'byCategory' })).toThrow(/category 'b' has 1 prompts/);
  expect(() => planPromptBatches([{}], { ...options, batching: 'byCategory' })).toThrow(/prompt 0 has no category/);
  expect(() => planPromptBatches(few, { ...options, rounds: -1, batching: 'mixed' })).toThrow(/rounds is -1/);
});
