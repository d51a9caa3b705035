import { failureTypes } from '../../contract/failure-types';
import { rejection } from '../model-server/against';
import { label, prompts, putPolicy, serving, useActivityWorld } from './activity-world';

const world = useActivityWorld();
const generate = { label, serving, round: 1, seed: 5 };
const sampling = { completionsPerPrompt: 1, temperature: 0.8, topP: 1, maxTokens: 8, stop: [] };

test('the base model is served under its own name, its fingerprint compared', async () => {
  const answer = await world.run('publishPolicy', { label, serving, policy: await world.policy() });
  expect(answer.model).toBe('policy');
  expect(answer.difference).toBeLessThan(1e-12);
  expect(world.vllm().calls('/v1/load_lora_adapter')).toEqual([]);
});

test('an adapter is loaded under a name made of its content, from a folder in the store', async () => {
  const adapter = await world.putAdapter('one');
  const { model } = await world.run('publishPolicy', { label, serving, policy: await world.policy(1, adapter) });
  expect(model).toBe(`pol-${adapter.sha256.slice(0, 16)}`);
  expect(world.vllm().adapters.get(model)).toBe(`${world.store().root}/bundles/${adapter.sha256}`);
});

test('an adapter that is there is not loaded again; after a restart it is, by whatever step needs it', async () => {
  const policy = await world.policy(1, await world.putAdapter('one'));
  await world.run('publishPolicy', { label, serving, policy });
  await world.run('publishPolicy', { label, serving, policy });
  expect(world.vllm().calls('/v1/load_lora_adapter')).toHaveLength(1);

  world.vllm().adapters.clear();
  const plan = await world.putPlan(prompts);
  await world.run('generateCompletions', { ...generate, sampling, policy, plan });
  expect(world.vllm().calls('/v1/load_lora_adapter')).toHaveLength(2);
  expect(world.vllm().calls('/v1/completions').at(-1)!.body).toMatchObject({
    model: [...world.vllm().adapters.keys()][0],
  });
});

test.each([
  ['a little more than', 1.01e-3, true],
  ['a little less than', 0.99e-3, false],
])('a server that differs by %s the tolerance', async (_, off, refused) => {
  const policy = await putPolicy(world.store(), 0, null, off);
  const publish = world.run('publishPolicy', { label, serving, policy });
  if (!refused) return expect((await publish).difference).toBeCloseTo(off, 12);
  const failure = await rejection<Error>(publish);
  expect(failure).toMatchObject({ type: failureTypes.fingerprintMismatch, nonRetryable: true });
  expect(failure.message).toMatch(
    /log-probabilities that are 0\.00101 nats a token away .*tolerance 0\.001.*fingerprintTolerance/,
  );
});

test('other weights are refused before a step that reloads them generates anything', async () => {
  const policy = await putPolicy(world.store(), 1, await world.putAdapter('one'), 0.5);
  const plan = await world.putPlan(prompts);
  await expect(world.run('generateCompletions', { ...generate, sampling, policy, plan })).rejects.toMatchObject({
    type: failureTypes.fingerprintMismatch,
  });
  const generated = world
    .vllm()
    .calls('/v1/completions')
    .filter(({ body }) => !('echo' in (body as object)));
  expect(generated).toEqual([]);
});

test('an adapter whose bytes are gone cannot be served', async () => {
  const adapter = { ...(await world.putAdapter('one')), sha256: 'f'.repeat(64) };
  await expect(
    world.run('publishPolicy', { label, serving, policy: await world.policy(1, adapter) }),
  ).rejects.toMatchObject({ type: failureTypes.artifactMissing, nonRetryable: true });
});

test('probes are held-out prompts with their answers, at most four of at most 64 tokens, drawn once', async () => {
  const held = Array.from({ length: 9 }, (_, index) => ({
    promptId: `${index}`,
    prompt: `${index}?`.repeat(40),
    answer: '!',
  }));
  const input = { label, serving, prompts: await world.store().putJsonLines(held) };
  const { probes } = await world.run('drawProbes', input);
  expect(probes.map((probe) => String.fromCharCode(...probe))).toEqual(
    [0, 2, 4, 6].map((index) => `${'?'}${`${index}?`.repeat(31)}!`),
  );
  await world.run('drawProbes', input);
  expect(world.vllm().calls('/tokenize')).toHaveLength(4);
});
