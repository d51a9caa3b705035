import { contextArtifact } from '../../contract/round';
import type { ArtifactRef } from '../../contract/artifact';
import type { ContextScaling } from '../../contract/selection';
import { label, prompts, serving, useActivityWorld } from './activity-world';

const world = useActivityWorld();
const records = [
  { promptId: 'a', prompt: '1=' },
  { promptId: 'b', prompt: '5+5=' },
];
// The server's hidden states: (length, code of the first character).
const mean = [3, 51];

async function embed(scaling: ContextScaling, fitted: ArtifactRef | null = null) {
  const plan = await world.putPlan(records, 'sum');
  const policy = await world.policy();
  const outcome = await world.run('embedPrompts', { label, serving, policy, plan, round: 1, scaling, fitted });
  return { ...outcome, values: (await world.store().getJson(outcome.context, contextArtifact)).values };
}

test('the context is the mean of the prompts’ last hidden states, asked for without normalisation', async () => {
  const { values, dimension, norm } = await embed('none');
  expect(values).toEqual(mean);
  expect({ dimension, norm }).toEqual({ dimension: 2, norm: Math.hypot(3, 51) });
  expect(world.vllm().calls('/v1/embeddings')[0]!.body).toMatchObject({
    model: 'policy',
    input: ['1=', '5+5='],
    use_activation: false,
  });
});

test('unit: divided by its norm', async () => {
  const { values, norm } = await embed('unit');
  expect(values).toEqual(mean.map((value) => value / Math.hypot(3, 51)));
  expect(norm).toBeCloseTo(1, 12);
});

test('centred: minus the mean of the training prompts, over their root-mean-square distance from it, and a constant', async () => {
  const input = { label, serving, policy: await world.policy(), prompts: await world.store().putJsonLines(prompts) };
  const { fitted } = await world.run('fitContextScaling', input);
  // Hidden states (4, 49) and (4, 50): mean (4, 49.5), distances 0.5.
  const { values } = await embed('centred', fitted);
  expect(values).toEqual([(3 - 4) / 0.5, (51 - 49.5) / 0.5, 1]);
  expect(await world.run('fitContextScaling', input)).toMatchObject({ fitted, reused: true });
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
