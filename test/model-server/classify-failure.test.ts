import { failureTypes } from '../../contract/failure-types';
import { classifyFailure } from '../../model-server/classify-failure';
import { readServerMessage } from '../../model-server/read-server-message';
import { recorded } from './recorded';

const bodies = recorded<Record<string, unknown>>('errors');
const load = '/v1/load_lora_adapter';
const completions = '/v1/completions';

function classify(status: number, path: string, body: unknown = null, retryAfter: string | null = null) {
  const serverMessage = body === null ? null : readServerMessage(JSON.stringify(body));
  return classifyFailure({ path, status, serverMessage, retryAfter });
}

test.each([
  [400, '/classify', 'nonFinite', failureTypes.noScores, true],
  [400, completions, 'nonFinite', failureTypes.noScores, true],
  [400, '/v1/embeddings', 'nonFinite', failureTypes.protocolViolation, true],
  [404, completions, 'modelNotFound', failureTypes.modelNotFound, false],
  [404, '/classify', 'routeNotFound', failureTypes.requestRefused, false],
  [401, completions, 'unauthorized', failureTypes.requestRefused, false],
  [400, load, 'adapterAlreadyLoaded', failureTypes.adapterRefused, false],
  [404, load, 'adapterPathMissing', failureTypes.adapterRefused, false],
  [404, load, 'routeNotFound', failureTypes.adapterRefused, false],
  [500, load, 'adapterRankTooHigh', failureTypes.adapterRefused, false],
  [500, load, 'engineDead', failureTypes.serverUnavailable, true],
  [503, load, 'overloaded', failureTypes.serverUnavailable, true],
  [500, completions, 'engineDead', failureTypes.serverUnavailable, true],
  [503, completions, 'overloaded', failureTypes.serverUnavailable, true],
] as const)('%i on %s saying %s is %s', (status, path, body, failureType, retryable) => {
  expect(classify(status, path, bodies[body])).toMatchObject({ failureType, retryable });
});

test.each([400, 402, 403, 405, 409, 413, 422, 501, 301])('%i without a message is refused for good', (status) => {
  expect(classify(status, completions)).toMatchObject({ failureType: failureTypes.requestRefused, retryable: false });
});

test.each([408, 425, 429, 500, 502, 503, 504, 529])('%i without a message passes', (status) => {
  expect(classify(status, completions)).toMatchObject({ failureType: failureTypes.serverUnavailable, retryable: true });
});

test.each([
  ['7', 7_000],
  ['0', 0],
  ['soon', null],
  ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
])('Retry-After %s is %p ms', (header, milliseconds) => {
  expect(classify(429, completions, null, header).retryAfterMs).toBe(milliseconds);
});

test('Retry-After as a date in the future is counted from now', () => {
  const inAMinute = new Date(Date.now() + 60_000).toUTCString();
  const wait = classify(503, completions, null, inAMinute).retryAfterMs;
  expect(wait).toBeGreaterThan(55_000);
  expect(wait).toBeLessThanOrEqual(60_000);
});

test.each([
  ['{"error":{"message":"too long","type":"BadRequestError"}}', 'too long'],
  ['{"error":"Unauthorized"}', 'Unauthorized'],
  ['{"detail":"Not Found"}', 'Not Found'],
  ['{"detail":[{"loc":["body"],"msg":"field required"}]}', '[{"loc":["body"],"msg":"field required"}]'],
  ['{"error":"batch size 64 > 32","error_type":"Validation"}', 'batch size 64 > 32'],
  ['upstream connect error', 'upstream connect error'],
  ['<html><body>502</body></html>', 'an HTML page (a proxy or another kind of server answered)'],
  ['bad \u001b[31mcolour\u0007', 'bad  [31mcolour '],
  ['  ', null],
])('the message of %j', (body, message) => {
  expect(readServerMessage(body)).toBe(message);
});

test('a long message is cut', () => {
  expect(readServerMessage('x'.repeat(10_000))).toHaveLength(601);
});
