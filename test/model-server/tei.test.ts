import { failureTypes } from '../../contract/failure-types';
import { predictTei, rerankTei } from '../../model-server';
import { against, rejection } from './against';
import { recorded } from './recorded';
import { reply, sendJson, type Handler } from './start-fake-server';

const errors = () => recorded<Record<string, unknown>>('dialects/tei-errors');
const wrongKind = { failureType: failureTypes.protocolViolation, retryable: false };

test('TEI /predict: raw scores of single texts, never cut', async () => {
  await against(reply(recorded('dialects/tei-predict')), async (server, { requests }) => {
    expect(await predictTei(server, { texts: ['good', 'bad'] })).toEqual([-1.6268387, 1.9901199]);
    expect(requests[0]).toMatchObject({
      path: '/predict',
      body: { inputs: [['good'], ['bad']], raw_scores: true, truncate: false },
    });
  });
});

test('TEI /predict: of several labels the named one, wherever its score put it', async () => {
  await against(reply(recorded('dialects/tei-predict-labels')), async (server) => {
    expect(await predictTei(server, { texts: ['a', 'b'], label: 'good' })).toEqual([0.07422733, -0.977232]);
    expect(await rejection(predictTei(server, { texts: ['a', 'b'] }))).toMatchObject(wrongKind);
    const error = await rejection<Error>(predictTei(server, { texts: ['a', 'b'], label: 'nice' }));
    expect(error).toMatchObject(wrongKind);
    expect(error.message).toContain('the model has 2 labels (bad, good); none is "nice"');
  });
});

test('TEI /rerank: sorted by score, put back into the texts’ order', async () => {
  await against(reply(recorded('dialects/tei-rerank')), async (server, { requests }) => {
    expect(await rerankTei(server, { query: 'q', texts: ['a', 'b', 'c'] })).toEqual([
      -1.4960403, -2.430069, -0.81638336,
    ]);
    expect(requests[0]).toMatchObject({
      path: '/rerank',
      body: { query: 'q', texts: ['a', 'b', 'c'], raw_scores: true },
    });
  });
});

test('TEI: one NaN fails its whole batch with 424; the culprit is found and the others are scored', async () => {
  const nan: Handler = (response, { body }) => {
    const texts = (body as { inputs: [string][] }).inputs.flat();
    if (texts.includes('bad')) return sendJson(response, 424, errors()['nan']);
    sendJson(
      response,
      200,
      texts.map((text) => [{ score: text.length, label: 'LABEL_0' }]),
    );
  };
  await against(nan, async (server) => {
    expect(await predictTei(server, { texts: ['a', 'bb', 'bad', 'dddd'] })).toEqual([1, 2, null, 4]);
  });
});

test.each([
  ['backend', 424, true],
  ['overloaded', 429, true],
  ['batchSize', 422, false],
  ['tooLong', 422, false],
  ['tokenizer', 422, false],
])('TEI: error %s, HTTP %i, retryable %s', async (name, status, retryable) => {
  await against(reply(errors()[name], status), async (server) => {
    expect(await rejection(predictTei(server, { texts: ['a'] }))).toMatchObject({ status, retryable });
  });
});
