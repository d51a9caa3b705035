import { failureTypes } from '../../contract/failure-types';
import { classifyMessages, classifyTexts } from '../../model-server';
import { against, rejection } from './against';
import { recorded } from './recorded';
import { sendJson, type Handler } from './start-fake-server';

const request = { model: 'reward', texts: ['Q: 2+2? A: 4', 'Q: 2+2? A: 5'], addSpecialTokens: true };
const conversation = {
  model: 'reward',
  messages: [
    { role: 'user', content: '2+2?' },
    { role: 'assistant', content: '4' },
  ],
} as const;

function row(index: number, ...probs: unknown[]): object {
  return { index, label: 'LABEL_0', probs, num_classes: probs.length };
}

function classifyFrom(body: unknown) {
  return against(
    (response) => sendJson(response, 200, body),
    (client) => classifyTexts(client, request),
  );
}

/** vLLM with a model whose score is NaN for texts that contain "bad", and the text's length for others. */
const nanForBad: Handler = (response, { body }) => {
  const { input } = body as { input: string[] };
  if (input.some((text) => text.includes('bad'))) return sendJson(response, 400, recorded('errors')['nonFinite']);
  sendJson(response, 200, { data: input.map((text, index) => row(index, text.length)) });
};

test('scores texts in one request, without activation', async () => {
  await against(
    (response) => sendJson(response, 200, recorded('classify')),
    async (client, server) => {
      expect(await classifyTexts(client, request)).toEqual([23, -3.5]);
      expect(server.requests.map(({ path, body }) => ({ path, body }))).toEqual([
        {
          path: '/classify',
          body: { model: 'reward', input: request.texts, use_activation: false, add_special_tokens: true },
        },
      ]);
    },
  );
});

test.each<[string, unknown]>([
  ['null', { data: [row(0, null), row(1, 2)] }],
  ['a string', { data: [row(0, 'high'), row(1, 2)] }],
  ['a bare NaN', '{"data":[{"index":0,"probs":[NaN],"label":"a \\"NaN\\" b"},{"index":1,"probs":[2]}]}'],
  ['a bare infinity', '{"data":[{"index":0,"probs":[-Infinity]},{"index":1,"probs":[2]}]}'],
  ['an overflow', '{"data":[{"index":0,"probs":[1e400]},{"index":1,"probs":[2]}]}'],
])('a score that is %s is null, and the others stay', async (_, body) => {
  expect(await classifyFrom(body)).toEqual([null, 2]);
});

test("finds the texts behind vLLM's 400 for NaN and scores the rest", async () => {
  await against(nanForBad, async (client) => {
    const texts = ['a', 'bb', 'bad', 'dddd', 'eeeee', 'bad too', 'ggggggg'];
    expect(await classifyTexts(client, { ...request, texts })).toEqual([1, 2, null, 4, 5, null, 7]);
  });
});

test('all bad is all null, after a bounded number of requests', async () => {
  await against(nanForBad, async (client, server) => {
    const texts = new Array<string>(8).fill('bad');
    expect(await classifyTexts(client, { ...request, texts })).toEqual(new Array(8).fill(null));
    expect(server.requests).toHaveLength(15);
  });
});

test('a model with two labels is the wrong kind, for good', async () => {
  const error = await rejection<Error>(classifyFrom({ data: [row(0, 0.1, 0.9), row(1, 0.5, 0.5)] }));
  expect(error).toMatchObject({ failureType: failureTypes.protocolViolation, retryable: false });
  expect(error.message).toContain("model 'reward' has 2 labels");
});

test('a missing row is a retryable protocol violation', async () => {
  const error = await rejection(classifyFrom({ data: [row(0, 1)] }));
  expect(error).toMatchObject({ failureType: failureTypes.protocolViolation, retryable: true });
});

test('a request that is refused is not bisected', async () => {
  await against(
    (response) => sendJson(response, 400, { error: { message: 'input is too long: parameter=input_tokens' } }),
    async (client, server) => {
      expect(await rejection(classifyTexts(client, request))).toMatchObject({
        failureType: failureTypes.requestRefused,
        retryable: false,
      });
      expect(server.requests).toHaveLength(1);
    },
  );
});

test('scores one conversation with the template of the server', async () => {
  await against(
    (response) => sendJson(response, 200, { data: [row(0, 1.25)] }),
    async (client, server) => {
      expect(await classifyMessages(client, conversation)).toBe(1.25);
      expect(server.requests[0]?.body).toEqual({ ...conversation, use_activation: false });
    },
  );
});

test('a conversation whose score is NaN is null, a score of 0 is 0', async () => {
  await against(
    (response) => sendJson(response, 400, recorded('errors')['nonFinite']),
    async (client) => expect(await classifyMessages(client, conversation)).toBeNull(),
  );
  await against(
    (response) => sendJson(response, 200, { data: [row(0, 0)] }),
    async (client) => expect(await classifyMessages(client, conversation)).toBe(0),
  );
});
