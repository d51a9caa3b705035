import { failureTypes } from '../../contract/failure-types';
import { checkHealth, tokenize } from '../../model-server';
import { against, rejection } from './against';
import { recorded } from './recorded';
import { sendJson } from './start-fake-server';

test('tokenises a prompt and a conversation', async () => {
  await against(
    (response) => sendJson(response, 200, recorded('tokenize')),
    async (client, server) => {
      const messages = [{ role: 'user', content: '2+2?' }] as const;
      const expected = { tokenIds: [1, 40, 41], maxModelLength: 512 };
      expect(await tokenize(client, { model: 'policy', prompt: '2+2=', addSpecialTokens: true })).toEqual(expected);
      expect(await tokenize(client, { model: 'policy', messages, addGenerationPrompt: true })).toEqual(expected);
      expect(server.requests.map((request) => request.body)).toEqual([
        { model: 'policy', prompt: '2+2=', add_special_tokens: true },
        { model: 'policy', messages, add_generation_prompt: true },
      ]);
    },
  );
});

test('a count that is not the number of tokens is a protocol violation', async () => {
  await against(
    (response) => sendJson(response, 200, { ...recorded<object>('tokenize'), count: 4 }),
    async (client) => {
      const error = await rejection(tokenize(client, { model: 'policy', prompt: 'x', addSpecialTokens: true }));
      expect(error).toMatchObject({ failureType: failureTypes.protocolViolation });
    },
  );
});

test('health is an empty 200, and 503 when the engine is dead', async () => {
  await against(
    (response) => response.writeHead(200).end(),
    async (client) => expect(await checkHealth(client)).toBeUndefined(),
  );
  await against(
    (response) => response.writeHead(503).end(),
    async (client) => expect(await rejection(checkHealth(client))).toMatchObject({ status: 503, retryable: true }),
  );
});
