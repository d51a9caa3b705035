import type { PlanChunksInput } from '../../activities/plan-chunks';
import { failureTypes } from '../../contract/failure-types';
import { promptBatchPlan, promptRecord, type PromptRecord } from '../../contract/round';
import { sendJson } from '../model-server/start-fake-server';
import { label, serving, useActivityWorld } from './activity-world';

const world = useActivityWorld();
/** A token a character on the test server. */
const long = `begin ${'x'.repeat(100)} end`;
const records: PromptRecord[] = [
  { promptId: 'a', prompt: '1+1=', answer: '2' },
  { promptId: 'b', prompt: long, answer: '6' },
  { promptId: 'c', prompt: '4+4=', category: 'sum' },
];

/** The server says how long its window is. */
function windowOf(tokens: number): void {
  world.vllm().override = (response, { path }) => {
    if (path !== '/v1/models') return false;
    sendJson(response, 200, { data: [{ id: 'policy', max_model_len: tokens }] });
    return true;
  };
}

async function plan(changes: Partial<PlanChunksInput> = {}) {
  const prompts = await world.store().putJsonLines(records);
  const input = { label, serving, prompts, promptsPerChunk: 2, maxTokens: 8, maxPromptTokens: null };
  return world.run('planChunks', { ...input, tooLong: 'refuse', ...changes });
}

async function promptsOf(ref: Awaited<ReturnType<typeof plan>>) {
  const { batches } = await world.store().getJson(ref.plan, promptBatchPlan);
  return Promise.all(batches.map(({ promptBatch }) => world.store().getJsonLines(promptBatch, promptRecord)));
}

test('prompts in order, in chunks, as they are', async () => {
  windowOf(200);
  const planned = await plan();
  expect(planned).toMatchObject({ chunks: 2, cutPrompts: 0, reused: false });
  expect(await promptsOf(planned)).toEqual([records.slice(0, 2), records.slice(2)]);
  expect(await plan()).toMatchObject({ plan: planned.plan, reused: true });
});

test('a server that does not say its window is not asked to count', async () => {
  expect(await plan()).toMatchObject({ chunks: 2, cutPrompts: 0 });
  expect(world.vllm().calls('/tokenize')).toEqual([]);
});

test('a prompt that leaves no room for a completion is refused, and named', async () => {
  windowOf(100);
  await expect(plan()).rejects.toMatchObject({
    type: failureTypes.configInvalid,
    nonRetryable: true,
    message: expect.stringMatching(
      /^1 of 3 prompts are longer than 92 tokens: "b" \(110 tokens\)\. The policy's window is 100 tokens.*tooLong: cutMiddle\.$/,
    ) as string,
  });
});

test('where the file says so, the middle is cut, and both ends stay', async () => {
  windowOf(100);
  const planned = await plan({ tooLong: 'cutMiddle' });
  expect(planned.cutPrompts).toBe(1);
  const [[, cut]] = (await promptsOf(planned)) as [[PromptRecord, PromptRecord]];
  expect(cut.prompt).toHaveLength(92);
  expect(cut.prompt).toMatch(/^begin x+ end$/);
  expect(cut.answer).toBe('6');
  const fitted = await world.store().getJsonLines(planned.prompts, promptRecord);
  expect(fitted).toEqual([records[0], cut, records[2]]);
});

test('a lower limit of the file counts, in the chat template too', async () => {
  windowOf(100);
  const chat = { ...serving, promptFormat: 'chat' as const };
  // The test server's template adds two tokens.
  const [[, cut]] = (await promptsOf(await plan({ tooLong: 'cutMiddle', maxPromptTokens: 30, serving: chat }))) as [
    [PromptRecord, PromptRecord],
  ];
  expect(cut.prompt.length).toBeLessThanOrEqual(28);
  expect(cut.prompt.length).toBeGreaterThan(24);
});

test('no half of a character is left by a cut', async () => {
  windowOf(100);
  const prompts = await world.store().putJsonLines([{ promptId: 'a', prompt: '😀'.repeat(120) }]);
  const [[cut]] = (await promptsOf(await plan({ tooLong: 'cutMiddle', prompts }))) as [[PromptRecord]];
  expect(cut.prompt).toBe('😀'.repeat(92));
});
