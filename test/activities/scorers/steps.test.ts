import { scoreTexts } from '../../../activities/scorers';
import { aggregateSteps } from '../../../activities/scorers/aggregate-steps';
import { failureTypes } from '../../../contract/failure-types';
import { against, rejection } from '../../model-server/against';
import { sendJson, type Handler } from '../../model-server/start-fake-server';
import { resolved, tokenizeReply } from './kind-cases';

const prm = { server: 'embedded', servedModel: 'prm', kind: 'tokenClassify', input: 'text', stepSeparator: '#' };

/** Each separator's probability: 0.9, 0.8, …, in order of place; rows of other tokens are absurd, to be noticed. */
const allTokens: Handler = (response, request) => {
  if (request.path === '/tokenize') return sendJson(response, 200, tokenizeReply(request));
  const { input } = request.body as { input: number[][] };
  sendJson(response, 200, {
    data: input.map((ids, index) => {
      let step = 0;
      return { index, data: ids.map((id) => (id === 35 ? [0, 0.9 - 0.1 * step++] : [7, 7])) };
    }),
  });
};
/** As a server with STEP pooling: rows of the separators alone. */
const stepTokens: Handler = (response, request) => {
  if (request.path === '/tokenize') return sendJson(response, 200, tokenizeReply(request));
  const { input } = request.body as { input: number[][] };
  const rows = (ids: number[]) => ids.filter((id) => id === 35).map((_, step) => [0, 0.9 - 0.1 * step]);
  sendJson(response, 200, { data: input.map((ids, index) => ({ index, data: rows(ids) })) });
};

function scored(handle: Handler, config: object, completions: string[], prompt = 'Q ') {
  return against(handle, async (server, { requests }) => {
    const world = { modelServer: () => server, signal: new AbortController().signal };
    const items = completions.map((completion) => ({ prompt, completion }));
    const result = await scoreTexts(world, resolved({ ...prm, ...config }), items);
    return { ...result, requests: [...requests] };
  });
}

test.each([
  ['rows for all tokens', allTokens],
  ['rows for step tokens alone', stepTokens],
])('one score a step at its separator, the weakest counts: %s', async (_, handle) => {
  const { scores, requests } = await scored(handle, {}, ['one\n\ntwo\n\nthree', 'one']);
  expect(scores).toEqual([expect.closeTo(0.7), expect.closeTo(0.9)]);
  const pooled = requests.find(({ path }) => path === '/pooling')!.body as { input: number[][]; task: string };
  expect(pooled.task).toBe('token_classify');
  expect(pooled.input.map((ids) => String.fromCharCode(...ids))).toEqual(['Q one#two#three#', 'Q one#']);
});

test.each([
  ['rows for all tokens', allTokens, 0.8],
  ['rows for step tokens alone', stepTokens, 0.8],
])('separators in the prompt are not steps of the completion: %s', async (_, handle, expected) => {
  const { scores } = await scored(handle, {}, ['one'], 'a # ');
  expect(scores).toEqual([expect.closeTo(expected)]);
});

test('a separator that the policy writes itself ends a step and adds none', async () => {
  const { requests } = await scored(allTokens, {}, ['one##two#']);
  const { input } = requests.find(({ path }) => path === '/pooling')!.body as { input: number[][] };
  expect(String.fromCharCode(...input[0]!)).toBe('Q one#two#');
});

test('steps are joined as the model was trained to see them', async () => {
  const { requests } = await scored(allTokens, { stepJoin: '\n', stepDelimiter: '\n' }, ['one\ntwo']);
  const { input } = requests.find(({ path }) => path === '/pooling')!.body as { input: number[][] };
  expect(String.fromCharCode(...input[0]!)).toBe('Q one#\ntwo#');
});

test('no step, or more than the window holds, is missing', async () => {
  const { scores, missingBy } = await scored(allTokens, {}, [' \n\n ', 'x'.repeat(5000), 'fine']);
  expect(scores).toEqual([null, null, expect.closeTo(0.9)]);
  expect(missingBy).toEqual({ empty: 1, tooLong: 1 });
});

test('the wrong label is the wrong config, for good', async () => {
  const error = await rejection<Error>(scored(allTokens, { goodLabel: 2 }, ['one']));
  expect(error).toMatchObject({ failureType: failureTypes.protocolViolation, retryable: false });
  expect(error.message).toContain("model 'prm' has 2 labels, and label 2 was asked for");
});

test('a separator that is no token behind a step is the wrong config', async () => {
  const merging: Handler = (response, request) => {
    const { prompt } = request.body as { prompt: string };
    sendJson(response, 200, { count: 1, max_model_len: 9, tokens: [prompt === '#' ? 35 : 1] });
  };
  const error = await rejection<Error>(scored(merging, {}, ['one']));
  expect(error).toMatchObject({ type: failureTypes.configInvalid });
  expect(error.message).toContain('stepSeparator "#"');
});

test('through a chat template, with the system prompt it was trained with', async () => {
  const chat: Handler = (response, request) => {
    if (request.path !== '/tokenize') return allTokens(response, request);
    const {
      prompt,
      messages,
      add_generation_prompt: open,
    } = request.body as {
      prompt?: string;
      messages?: { role: string; content: string }[];
      add_generation_prompt?: boolean;
    };
    const turns = (messages ?? []).map(({ role, content }) => `<${role[0]}>${content}<e>#`).join('');
    const text = prompt ?? `${turns}${open === true ? '<a>' : ''}`;
    sendJson(response, 200, {
      count: text.length,
      max_model_len: 99,
      tokens: [...text].map((one) => one.charCodeAt(0)),
    });
  };
  const { scores } = await scored(chat, { input: 'messages', systemPrompt: 'S' }, ['one\n\ntwo']);
  // The turns of system and user end with a separator each, and so does the completion's own: steps are the 3rd and 4th.
  expect(scores).toEqual([expect.closeTo(0.6)]);
});

test.each([
  ['min', 0.5],
  ['product', 0.3],
  ['mean', 0.7],
  ['last', 0.6],
] as const)('%s of the steps', (aggregation, expected) => {
  expect(aggregateSteps([0.5, 1, 0.6], aggregation)).toBeCloseTo(expected);
});
