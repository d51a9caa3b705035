import { failureTypes } from '../../contract/failure-types';
import { generateCompletions, type GenerateCompletionsRequest } from '../../model-server';
import { against, rejection } from './against';
import { recorded } from './recorded';
import { sendJson } from './start-fake-server';

interface Choice {
  index: number;
  text: string;
  finish_reason: string;
  token_ids?: unknown;
  prompt_token_ids?: unknown;
}
const request: GenerateCompletionsRequest = {
  model: 'pol-1a2b',
  prompts: [
    [1, 40, 41],
    [1, 42],
  ],
  completionsPerPrompt: 2,
  sampling: {
    maxTokens: 3,
    temperature: 0.8,
    topP: 1,
    topK: 0,
    minP: 0,
    repetitionPenalty: 1,
    stop: ['\n\nQ:'],
    seed: 7,
  },
  addSpecialTokens: false,
};

/** The recorded reply after `spoil` has had its way with the choices. */
function replyWith(spoil: (choices: Choice[]) => Choice[] | void): unknown {
  const reply = recorded<{ choices: Choice[] }>('completions');
  return { ...reply, choices: spoil(reply.choices) ?? reply.choices };
}

function generateFrom(reply: unknown, prompts = request.prompts) {
  return against(
    (response) => sendJson(response, 200, reply),
    (client) => generateCompletions(client, { ...request, prompts }),
  );
}

test('sends every sampling field and groups the choices by prompt', async () => {
  await against(
    (response) => sendJson(response, 200, recorded('completions')),
    async (client, server) => {
      const results = await generateCompletions(client, request);
      expect(server.requests).toHaveLength(1);
      expect(server.requests[0]).toMatchObject({
        method: 'POST',
        path: '/v1/completions',
        body: {
          model: 'pol-1a2b',
          prompt: [
            [1, 40, 41],
            [1, 42],
          ],
          n: 2,
          max_tokens: 3,
          temperature: 0.8,
          top_p: 1,
          top_k: 0,
          min_p: 0,
          repetition_penalty: 1,
          stop: ['\n\nQ:'],
          seed: 7,
          skip_special_tokens: true,
          add_special_tokens: false,
          return_token_ids: true,
        },
      });
      expect(results).toEqual([
        {
          promptTokenIds: [1, 40, 41],
          completions: [
            { text: ' 4', tokenIds: [52, 2], finishReason: 'stop' },
            { text: ' 5 or so', tokenIds: [53, 60, 61], finishReason: 'length' },
          ],
        },
        {
          promptTokenIds: [1, 42],
          completions: [
            { text: '', tokenIds: [2], finishReason: 'stop' },
            { text: ' 7', tokenIds: [55, 2], finishReason: 'stop' },
          ],
        },
      ]);
    },
  );
});

test('puts shuffled choices back in order', async () => {
  const shuffled = await generateFrom(replyWith((choices) => choices.reverse()));
  expect(shuffled).toEqual(await generateFrom(recorded('completions')));
});

test('takes string prompts, whose token ids come from the server', async () => {
  const results = await generateFrom(recorded('completions'), ['2+2=', 'x']);
  expect(results.map((result) => result.promptTokenIds)).toEqual([
    [1, 40, 41],
    [1, 42],
  ]);
});

test.each<[string, RegExp, (choices: Choice[]) => Choice[] | void]>([
  ['too few choices', /sent 3 results where 4/, (choices) => choices.slice(0, 3)],
  ['too many choices', /sent 5 results where 4/, (choices) => [...choices, { ...choices[0]!, index: 4 }]],
  ['an index twice', /index 0 of 4/, (choices) => void (choices[1]!.index = 0)],
  ['an index out of range', /index 9 of 4/, (choices) => void (choices[1]!.index = 9)],
  ['no token_ids', /choices\.2\.token_ids/, (choices) => void delete choices[2]!.token_ids],
  ['null token_ids', /choices\.0\.token_ids/, (choices) => void (choices[0]!.token_ids = null)],
  ['a fractional token id', /token_ids\.0/, (choices) => void (choices[0]!.token_ids = [1.5])],
  ['an aborted choice', /choices\.1\.finish_reason/, (choices) => void (choices[1]!.finish_reason = 'abort')],
  [
    'no prompt_token_ids',
    /prompt_token_ids is missing/,
    (choices) => choices.forEach((c) => delete c.prompt_token_ids),
  ],
  ['a prompt that was cut', /prompt_token_ids differ/, (choices) => void (choices[0]!.prompt_token_ids = [40, 41])],
])('%s is a retryable protocol violation', async (_, problem, spoil) => {
  const error = await rejection<Error>(generateFrom(replyWith(spoil)));
  expect(error).toMatchObject({ failureType: failureTypes.protocolViolation, retryable: true });
  expect(error.message).toMatch(problem);
});

test('an adapter that is not loaded is a missing model', async () => {
  await against(
    (response) => sendJson(response, 404, recorded('errors')['modelNotFound']),
    async (client) => {
      const error = await rejection<Error>(generateCompletions(client, request));
      expect(error).toMatchObject({ failureType: failureTypes.modelNotFound, retryable: false, status: 404 });
      expect(error.message).toContain('pol-9');
    },
  );
});

test('429 carries the Retry-After of the server', async () => {
  await against(
    (response) => sendJson(response, 429, { error: { message: 'slow down' } }, { 'retry-after': '3' }),
    async (client) => {
      const error = await rejection(generateCompletions(client, request));
      expect(error).toMatchObject({
        failureType: failureTypes.serverUnavailable,
        retryable: true,
        retryAfterMs: 3_000,
      });
    },
  );
});
