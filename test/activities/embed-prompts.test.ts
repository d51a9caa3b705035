import { contextArtifact, scopedContext, type PromptRecord } from '../../contract/round';
import type { ArtifactRef } from '../../contract/artifact';
import type { ContextScaling, Granularity } from '../../contract/selection';
import { label, prompts, serving, useActivityWorld } from './activity-world';

const world = useActivityWorld();
const records = [
  { promptId: 'a', prompt: '1=' },
  { promptId: 'b', prompt: '5+5=' },
];
// The server's hidden states: (length, code of the first character).
const mean = [3, 51];

async function embed(
  scaling: ContextScaling,
  fitted: ArtifactRef | null = null,
  granularity: Granularity = 'round',
  batch: PromptRecord[] = records,
) {
  const plan = await world.putPlan(batch, 'sum');
  const policy = await world.policy();
  const input = { label, serving, policy, plan, round: 1, scaling, fitted, granularity };
  const outcome = await world.run('embedPrompts', input);
  const lines = await world.store().getJsonLines(outcome.contexts, scopedContext);
  const contexts = await Promise.all(
    lines.map(async ({ scope, context: sha256 }) => ({
      scope,
      values: (await world.store().getJson({ sha256 }, contextArtifact)).values,
    })),
  );
  return { ...outcome, contexts, values: contexts[0]!.values };
}

test('the context is the mean of the prompts’ last hidden states, asked for without normalisation', async () => {
  const { contexts, dimension } = await embed('none');
  expect(contexts).toEqual([{ scope: null, values: mean }]);
  expect(dimension).toBe(2);
  expect(world.vllm().calls('/v1/embeddings')[0]!.body).toMatchObject({
    model: 'policy',
    input: ['1=', '5+5='],
    use_activation: false,
  });
});

test('unit: divided by its norm', async () => {
  const { values } = await embed('unit');
  expect(values).toEqual(mean.map((value) => value / Math.hypot(3, 51)));
});

test('centred: minus the mean of the training prompts, over their root-mean-square distance from it, and a constant', async () => {
  const input = { label, serving, policy: await world.policy(), prompts: await world.store().putJsonLines(prompts) };
  const { fitted } = await world.run('fitContextScaling', input);
  // Hidden states (4, 49) and (4, 50): mean (4, 49.5), distances 0.5.
  const { values } = await embed('centred', fitted);
  expect(values).toEqual([(3 - 4) / 0.5, (51 - 49.5) / 0.5, 1]);
  expect(await world.run('fitContextScaling', input)).toMatchObject({ fitted, reused: true });
});

test('one context a prompt, or one a category: the mean over its prompts', async () => {
  const batch = [
    { promptId: 'a', prompt: '1=', category: 'sum' },
    { promptId: 'b', prompt: '5+5=', category: 'product' },
    { promptId: 'c', prompt: '3=', category: 'sum' },
  ];
  expect((await embed('none', null, 'prompt', batch)).contexts).toEqual([
    { scope: 'a', values: [2, 49] },
    { scope: 'b', values: [4, 53] },
    { scope: 'c', values: [2, 51] },
  ]);
  expect((await embed('none', null, 'category', batch)).contexts).toEqual([
    { scope: 'sum', values: [2, 50] },
    { scope: 'product', values: [4, 53] },
  ]);
  const uncategorised = [
    { promptId: 'd', prompt: '1=' },
    { promptId: 'e', prompt: '5+5=' },
  ];
  expect((await embed('none', null, 'promptInCategory', [...batch, ...uncategorised])).contexts).toEqual([
    { scope: 'a', values: [2, 50] },
    { scope: 'b', values: [4, 53] },
    { scope: 'c', values: [2, 50] },
    { scope: 'd', values: [2, 49] },
    { scope: 'e', values: [4, 53] },
  ]);
});

test('embedded once; another scaling is another step', async () => {
  await embed('none');
  expect(await embed('none')).toMatchObject({ reused: true });
  expect(await embed('unit')).toMatchObject({ reused: false });
  expect(world.vllm().calls('/v1/embeddings')).toHaveLength(2);
});

test('an iteration’s prompt batches are drawn once, and by seed and iteration', async () => {
  const many = Array.from({ length: 12 }, (_, index) => ({
    promptId: `${index}`,
    prompt: `p${index}`,
    category: 'xyz'[index % 3]!,
  }));
  const input = {
    label,
    prompts: await world.store().putJsonLines(many),
    rounds: 6,
    promptBatchSize: 2,
    batching: 'byCategory' as const,
    seed: 1,
  };
  const first = await world.run('drawPromptBatches', input);
  expect(await world.run('drawPromptBatches', input)).toEqual({ ...first, reused: true });
  expect((await world.run('drawPromptBatches', { ...input, seed: 2 })).plan).not.toEqual(first.plan);
  const next = await world.run('drawPromptBatches', { ...input, label: { ...label, iteration: 2 } });
  expect(next.plan).not.toEqual(first.plan);
});
