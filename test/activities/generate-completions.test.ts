import type { GenerateCompletionsInput } from '../../activities/generate-completions';
import { deriveSeed } from '../../algorithm';
import { promptCompletions } from '../../contract/round';
import { label, prompts, serving, useActivityWorld } from './activity-world';
import { tokensOf } from './start-vllm';

const world = useActivityWorld();
const sampling = { completionsPerPrompt: 3, temperature: 0.8, topP: 1, maxTokens: 8, stop: ['\n'] };

async function input(changes: Partial<GenerateCompletionsInput> = {}): Promise<GenerateCompletionsInput> {
  return {
    label,
    serving,
    policy: await world.policy(),
    plan: await world.putPlan(prompts, 'sum'),
    round: 1,
    sampling,
    seed: 5,
    ...changes,
  };
}

test('n completions a prompt, every sampling field sent, with a seed of the round', async () => {
  const { completions, tokens, category, reused } = await world.run('generateCompletions', await input());
  const seed = deriveSeed(5, 'generate', 1, 1);
  expect(world.vllm().calls('/v1/completions')[0]!.body).toEqual({
    model: 'policy',
    prompt: ['1+1=', '2*3='],
    n: 3,
    seed,
    temperature: 0.8,
    top_p: 1,
    top_k: 0,
    min_p: 0,
    repetition_penalty: 1,
    max_tokens: 8,
    stop: ['\n'],
    skip_special_tokens: true,
    add_special_tokens: true,
    return_token_ids: true,
  });
  const lines = await world.store().getJsonLines(completions, promptCompletions);
  const texts = [0, 1, 2].map((i) => String(seed + i));
  expect(lines).toEqual(
    prompts.map(({ promptId, prompt }) => ({
      promptId,
      prompt,
      promptTokenIds: tokensOf(prompt),
      completions: texts.map((text) => ({ text, tokenIds: tokensOf(text), finishReason: 'stop' })),
    })),
  );
  expect({ tokens, category, reused }).toEqual({ tokens: 2 * texts.join('').length, category: 'sum', reused: false });
});

test('asked twice, it asks the server once and answers the same', async () => {
  const first = await world.run('generateCompletions', await input());
  const second = await world.run('generateCompletions', await input());
  expect(second).toEqual({ ...first, reused: true });
  expect(world.vllm().calls('/v1/completions')).toHaveLength(1);
});

test('what determines the completions makes another step; where they are made does not', async () => {
  const seeds = new Set<unknown>();
  const variants: Partial<GenerateCompletionsInput>[] = [
    { round: 1 },
    { round: 2 },
    { label: { ...label, iteration: 2 } },
    { seed: 6 },
    { sampling: { ...sampling, temperature: 0.7 } },
    { serving: { ...serving, baseModel: { ...serving.baseModel, revision: 'other' } } },
  ];
  for (const variant of variants) {
    expect(await world.run('generateCompletions', await input(variant))).toMatchObject({ reused: false });
    seeds.add((world.vllm().requests.at(-1)!.body as { seed: number }).seed);
  }
  expect(seeds.size).toBe(4);

  const moved = { ...serving, server: 'http://elsewhere' as const, baseModel: { ...serving.baseModel, path: '/mnt' } };
  const elsewhere = await input({ serving: moved, label: { ...label, campaignId: 'another' } });
  expect(await world.run('generateCompletions', elsewhere)).toMatchObject({ reused: true });
});

test('the chat format sends token ids of the model’s template, and nothing is added to them', async () => {
  await world.run('generateCompletions', await input({ serving: { ...serving, promptFormat: 'chat' } }));
  expect(
    world
      .vllm()
      .calls('/tokenize')
      .map(({ body }) => body),
  ).toContainEqual({
    model: 'policy',
    messages: [{ role: 'user', content: '1+1=' }],
    add_generation_prompt: true,
  });
  expect(world.vllm().calls('/v1/completions')[0]!.body).toMatchObject({
    prompt: [tokensOf('<1+1=>'), tokensOf('<2*3=>')],
    add_special_tokens: false,
  });
});

test('half a surrogate pair in an answer is replaced, since no JSON of ours may hold one', async () => {
  world.vllm().override = (response, { path }) => {
    if (path !== '/v1/completions') return false;
    const choice = (index: number) =>
      `{"index":${index},"text":"a\\ud83d","token_ids":[1],"prompt_token_ids":[2],"finish_reason":"length"}`;
    response.end(`{"choices":[${Array.from({ length: 6 }, (_, index) => choice(index)).join(',')}]}`);
    return true;
  };
  const { completions } = await world.run('generateCompletions', await input());
  const [line] = await world.store().getJsonLines(completions, promptCompletions);
  expect(line!.completions[0]!.text).toBe('a\ufffd');
});

test('a round that is not planned is refused', async () => {
  await expect(world.run('generateCompletions', await input({ round: 3 }))).rejects.toThrow(
    'Round 3 is not in the plan of 2 rounds.',
  );
});
