import { failureTypes } from '../../contract/failure-types';
import { scoreLoglikelihood } from '../../model-server';
import { against, rejection } from './against';
import { recorded } from './recorded';
import { sendJson } from './start-fake-server';

interface Choice {
  prompt_token_ids: number[] | null;
  logprobs: { token_logprobs: (number | null)[] };
}
const request = {
  model: 'policy',
  sequences: [
    { tokenIds: [40, 41, 42, 52], start: 2, end: 4 },
    { tokenIds: [39, 50], start: 1, end: 2 },
  ],
};

function scoreFrom(spoil: (choices: Choice[]) => void) {
  const reply = recorded<{ choices: Choice[] }>('echo-logprobs');
  spoil(reply.choices);
  return against(
    (response) => sendJson(response, 200, reply),
    (client) => scoreLoglikelihood(client, request),
  );
}

test('echoes the sequences and adds up the span', async () => {
  await against(
    (response) => sendJson(response, 200, recorded('echo-logprobs')),
    async (client, server) => {
      expect(await scoreLoglikelihood(client, request)).toEqual([
        { sum: -0.75, mean: -0.375 },
        { sum: -2, mean: -2 },
      ]);
      expect(server.requests[0]).toMatchObject({
        path: '/v1/completions',
        body: {
          model: 'policy',
          prompt: [
            [40, 41, 42, 52],
            [39, 50],
          ],
          n: 1,
          max_tokens: 0,
          echo: true,
          logprobs: 0,
          return_token_ids: true,
        },
      });
    },
  );
});

test('a token of the span without a log-probability makes that sequence null', async () => {
  expect(await scoreFrom((choices) => void (choices[0]!.logprobs.token_logprobs[3] = null))).toEqual([
    null,
    { sum: -2, mean: -2 },
  ]);
});

test.each<[string, RegExp, (choices: Choice[]) => void]>([
  [
    'log-probabilities of another length',
    /3 token_logprobs for 4/,
    ([first]) => void first!.logprobs.token_logprobs.pop(),
  ],
  ['other tokens', /prompt_token_ids differ/, ([first]) => void (first!.prompt_token_ids = [40, 41, 42, 53])],
  ['a missing sequence', /sent 1 results where 2/, (choices) => void choices.pop()],
])('%s is a protocol violation', async (_, problem, spoil) => {
  const error = await rejection<Error>(scoreFrom(spoil));
  expect(error).toMatchObject({ failureType: failureTypes.protocolViolation, retryable: true });
  expect(error.message).toMatch(problem);
});

test.each([
  [0, 2],
  [2, 2],
  [1, 5],
])('a span from %i to %i of 4 tokens is refused before any call', (start, end) => {
  const sequences = [{ tokenIds: [1, 2, 3, 4], start, end }];
  expect(() => scoreLoglikelihood({} as never, { model: 'policy', sequences })).toThrow(/1 ≤ start < end/);
});
