import { scoreTexts, type ScoredText, type TextScores } from '../../../activities/scorers';
import { failureTypes } from '../../../contract/failure-types';
import type { ModelServerOptions } from '../../../model-server';
import { against, rejection } from '../../model-server/against';
import { sendJson, type Handler } from '../../model-server/start-fake-server';
import { kindCases, servedKinds, tokenizeReply, type KindCase } from './kind-cases';

const items: ScoredText[] = ['z0', 'z1', 'z2'].map((completion) => ({ prompt: 'Q', completion }));
/** Every value is one of these unless a test sets it. */
const values = ['4', '5', '6'];

function handlerOf(kind: KindCase, given: readonly string[], change = (rows: string[]) => rows): Handler {
  const valueOf = (text: string) => given[Number(/z(\d)/.exec(text)?.[1])] ?? '0';
  return (response, request) => {
    if (request.path === '/tokenize') return sendJson(response, 200, tokenizeReply(request));
    if (request.path !== kind.path) return sendJson(response, 404, { detail: 'Not Found' });
    sendJson(response, 200, kind.wrap(change(kind.rows(request, valueOf))));
  };
}

function scoresFrom(kind: KindCase, handle: Handler, options?: Partial<ModelServerOptions>): Promise<TextScores> {
  const signal = new AbortController().signal;
  return against(handle, (server) => scoreTexts({ modelServer: () => server, signal }, kind.model, items), options);
}

/** Fails on the scoring route alone. */
const failing =
  (status: number): Handler =>
  (response, request) =>
    request.path === '/tokenize'
      ? sendJson(response, 200, tokenizeReply(request))
      : sendJson(response, status, { error: { message: 'it went wrong' } });

const named = kindCases.map((kind) => [kind.name, kind] as const);

test('the table has every kind that asks a server', () => {
  expect([...new Set(kindCases.map(({ model }) => model.kind))]).toEqual(servedKinds);
});

describe.each(named)('%s', (_, kind) => {
  const [first, , third] = [4, 5, 6].map((value): unknown => expect.closeTo(kind.expected(value), 6));

  test('scores in order', async () => {
    const { scores, missingBy } = await scoresFrom(kind, handlerOf(kind, values));
    expect(scores).toEqual([4, 5, 6].map((value): unknown => expect.closeTo(kind.expected(value), 6)));
    expect(missingBy).toEqual({});
  });

  test('a value of 0 is a score', async () => {
    const { scores } = await scoresFrom(kind, handlerOf(kind, ['4', '0', '6']));
    expect(scores).toEqual([first, expect.closeTo(kind.expected(0), 6), third]);
  });

  test.each(['null', 'NaN', 'Infinity', '-Infinity', '1e999', '"high"'])(
    'a value of %s is missing, never 0, and the others stay',
    async (bad) => {
      const { scores, missingBy } = await scoresFrom(kind, handlerOf(kind, ['4', bad, '6']));
      expect(scores).toEqual([first, null, third]);
      expect(Object.values(missingBy)).toEqual([1]);
    },
  );

  test('results in another order are put back, or cannot be: then order is the server’s word', async () => {
    const { scores } = await scoresFrom(
      kind,
      handlerOf(kind, values, (rows) => rows.reverse()),
    );
    const inOrder = kind.indexed || kind.single === true;
    expect(scores[0]).toEqual(inOrder ? first : third);
  });

  if (kind.name !== 'slime') {
    test.each<[string, (rows: string[]) => string[]]>([
      ['too few', (rows) => rows.slice(0, -1)],
      ['too many', (rows) => [...rows, rows.at(-1)!]],
    ])('%s results: nobody knows whose they are, so none is taken', async (_, change) => {
      const error = await rejection(scoresFrom(kind, handlerOf(kind, values, change)));
      expect(error).toMatchObject({ failureType: failureTypes.protocolViolation, retryable: true });
    });
  }

  if (kind.indexed && kind.single !== true) {
    test('one result twice and another not at all is refused', async () => {
      const twice = (rows: string[]) => [rows[0]!, ...rows.slice(1, -1), rows[0]!];
      const error = await rejection(scoresFrom(kind, handlerOf(kind, values, twice)));
      expect(error).toMatchObject({ failureType: failureTypes.protocolViolation });
    });
  }

  test.each([
    [400, false],
    [404, false],
    [413, false],
    [422, false],
    [424, true],
    [429, true],
    [500, true],
    [503, true],
  ])('HTTP %i fails the scoring, retryable: %s', async (status, retryable) => {
    const error = await rejection(scoresFrom(kind, failing(status)));
    expect(error).toMatchObject({ name: 'ModelServerError', status, retryable });
  });

  test('a server that says nothing is given up after the time limit', async () => {
    const silent: Handler = (response, request) => {
      if (request.path === '/tokenize') sendJson(response, 200, tokenizeReply(request));
    };
    const error = await rejection(scoresFrom(kind, silent, { timeoutMs: 200 }));
    expect(error).toMatchObject({ failureType: failureTypes.serverUnavailable, retryable: true, status: null });
  });
});
