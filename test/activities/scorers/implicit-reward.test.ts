import { scoreTexts } from '../../../activities/scorers';
import { failureTypes } from '../../../contract/failure-types';
import { against, rejection } from '../../model-server/against';
import { sendJson, type Handler } from '../../model-server/start-fake-server';
import { resolved, tokenizeReply } from './kind-cases';

/** A token's log-probability: −1 under π, −3 under π_ref; the prompt's are far off, to be noticed. */
const twoModels: Handler = (response, request) => {
  if (request.path === '/tokenize') return sendJson(response, 200, tokenizeReply(request));
  const { model, prompt } = request.body as { model: string; prompt: number[][] };
  const logprob = model === 'ref' ? -3 : -1;
  sendJson(response, 200, {
    choices: prompt.map((ids, index) => {
      const values = ids.map((_, place) => (place === 0 ? null : place < 2 ? -99 * logprob : logprob));
      return { index, logprobs: { token_logprobs: values } };
    }),
  });
};

function scored(config: object, handle: Handler = twoModels) {
  const model = resolved({
    server: 'embedded',
    servedModel: 'pi',
    kind: 'implicitDpo',
    beta: 0.5,
    reference: { server: 'embedded', servedModel: 'ref', revision: 'ref' },
    ...config,
  });
  const items = ['abcd', 'a', ''].map((completion) => ({ prompt: 'Q ', completion }));
  return against(handle, (server) =>
    scoreTexts({ modelServer: () => server, signal: new AbortController().signal }, model, items),
  );
}

test('β times the difference of the sums over the completion’s tokens', async () => {
  expect(await scored({})).toEqual({ scores: [0.5 * 4 * 2, 0.5 * 1 * 2, null], missingBy: { empty: 1 } });
});

test('by its length where asked', async () => {
  expect((await scored({ lengthNormalised: true })).scores).toEqual([1, 1, null]);
});

test('a reference that tokenises otherwise is refused, with both names', async () => {
  const other: Handler = (response, request) => {
    const { model } = request.body as { model: string };
    if (request.path !== '/tokenize' || model !== 'ref') return twoModels(response, request);
    sendJson(response, 200, { count: 1, max_model_len: 4096, tokens: [7] });
  };
  const error = await rejection<Error>(scored({}, other));
  expect(error).toMatchObject({ type: failureTypes.configInvalid });
  expect(error.message).toMatch(/"rm": pi and its reference ref tokenise/);
});
