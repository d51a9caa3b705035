import { failureTypes } from '../../contract/failure-types';
import { embedPrompts } from '../../model-server';
import { against, rejection } from './against';
import { recorded } from './recorded';
import { sendJson } from './start-fake-server';

const request = {
  model: 'pol-1a2b',
  prompts: [
    [1, 40, 41],
    [1, 42],
  ],
  addSpecialTokens: false,
};

function embedFrom(body: unknown, status = 200) {
  return against(
    (response) => sendJson(response, status, body),
    (client) => embedPrompts(client, request),
  );
}

function replyWith(spoil: (data: { index: number; embedding: unknown }[]) => void): unknown {
  const reply = recorded<{ data: { index: number; embedding: unknown }[] }>('embeddings');
  spoil(reply.data);
  return reply;
}

test('asks for raw vectors and returns them by index', async () => {
  await against(
    (response) =>
      sendJson(
        response,
        200,
        replyWith((data) => data.reverse()),
      ),
    async (client, server) => {
      expect(await embedPrompts(client, request)).toEqual([
        [0.5, -1.25, 3],
        [2, 0, -0.125],
      ]);
      expect(server.requests[0]).toMatchObject({
        path: '/v1/embeddings',
        body: {
          model: 'pol-1a2b',
          input: [
            [1, 40, 41],
            [1, 42],
          ],
          encoding_format: 'float',
          use_activation: false,
          add_special_tokens: false,
        },
      });
    },
  );
});

test.each<[string, unknown, RegExp]>([
  ['vectors of two lengths', replyWith((data) => void (data[1]!.embedding = [1, 2])), /differ in length/],
  ['an empty vector', replyWith((data) => void (data[0]!.embedding = [])), /embedding/],
  ['a null number', replyWith((data) => void (data[0]!.embedding = [1, null, 2])), /embedding\.1/],
  ['base64', replyWith((data) => void (data[0]!.embedding = 'AAAA')), /embedding/],
  ['a missing vector', replyWith((data) => void data.pop()), /sent 1 results where 2/],
  ['a bare NaN', '{"data":[{"index":0,"embedding":[NaN]},{"index":1,"embedding":[1]}]}', /embedding\.0/],
  ['an overflow', '{"data":[{"index":0,"embedding":[1e999]},{"index":1,"embedding":[1]}]}', /embedding\.0/],
])('%s is a protocol violation', async (_, body, problem) => {
  const error = await rejection<Error>(embedFrom(body));
  expect(error).toMatchObject({ failureType: failureTypes.protocolViolation, retryable: true });
  expect(error.message).toMatch(problem);
});

test("vLLM's 400 for a NaN is not a refused request", async () => {
  const error = await rejection(embedFrom(recorded('errors')['nonFinite'], 400));
  expect(error).toMatchObject({ status: 400, failureType: failureTypes.protocolViolation, retryable: true });
});
