import { once } from 'node:events';
import { CancelledFailure } from '@temporalio/common';
import { createActivities } from '../../activities';
import { toApplicationFailure } from '../../activities/to-application-failure';
import { failureTypes } from '../../contract/failure-types';
import { failures } from '../../contract/failures';
import { createModelServer } from '../../model-server';
import { rejection } from '../model-server/against';
import { sendJson } from '../model-server/start-fake-server';
import { label, prompts, serving, useActivityWorld } from './activity-world';

const world = useActivityWorld();
const sampling = { completionsPerPrompt: 1, temperature: 0.8, topP: 1, maxTokens: 8, stop: [] };
const input = async () => ({
  ...{ label, serving, sampling, round: 1, seed: 5 },
  ...{ policy: await world.policy(), plan: await world.putPlan(prompts) },
});

interface Failure extends Error {
  type: string;
  nonRetryable: boolean;
  nextRetryDelay?: number;
}

/** How generateCompletions fails where the server answers like this. */
async function failureOf(status: number, body: unknown, headers: Record<string, string> = {}): Promise<Failure> {
  world.vllm().override = (response) => {
    sendJson(response, status, body, headers);
    return true;
  };
  const failure = await rejection<Failure>(world.run('generateCompletions', await input()));
  expect(failure.name).toBe('ApplicationFailure');
  return failure;
}

test.each([
  [503, { error: { message: 'starting' } }, failureTypes.serverUnavailable, false],
  [500, 'Internal Server Error', failureTypes.serverUnavailable, false],
  [404, { error: { message: 'The model `policy` does not exist.' } }, failureTypes.modelNotFound, true],
  [400, { error: { message: 'max_tokens is too large' } }, failureTypes.requestRefused, true],
  [401, { error: 'Unauthorized' }, failureTypes.requestRefused, true],
  [200, { choices: [] }, failureTypes.protocolViolation, false],
  [200, '{"choices": [', failureTypes.protocolViolation, false],
])('status %i %j is %s, final: %s', async (status, body, type, final) => {
  expect(await failureOf(status, body)).toMatchObject({ type, nonRetryable: final });
});

test.each([
  ['2', 2_000],
  ['0', undefined],
  ['86400', 600_000],
])('Retry-After %s is a delay of %s ms', async (seconds, delay) => {
  const { nextRetryDelay } = await failureOf(429, { error: 'slow down' }, { 'retry-after': seconds });
  expect(nextRetryDelay).toBe(delay);
});

test('a failure says how often it was tried, over how long, and in which round', async () => {
  const { details } = (await failureOf(503, {})) as Failure & { details: unknown[] };
  expect(details).toEqual([
    { attempts: 1, seconds: expect.any(Number), iteration: label.iteration, round: label.round },
  ]);
});

test.each(Object.entries(failures))('%s is classified as the table of failures has it', (type, { triedAgain }) => {
  const failed = (retryable?: boolean) =>
    (toApplicationFailure(Object.assign(new Error('x'), { type, retryable })) as Failure).nonRetryable;
  const expected = { never: [true, true, true], yes: [false, false, false], errorSays: [false, false, true] };
  expect([failed(), failed(true), failed(false)]).toEqual(expected[triedAgain]);
});

test('a failed step leaves no record: the next attempt asks again', async () => {
  await failureOf(503, {});
  world.vllm().override = null;
  await expect(world.run('generateCompletions', await input())).resolves.toMatchObject({ reused: false });
});

test('no header and no key gets into a failure, even from a server that repeats them', async () => {
  process.env['LASER_TEST_KEY'] = 'sk-very-secret';
  const { baseUrl } = world.vllm();
  const client = createModelServer({
    baseUrl,
    timeoutMs: 5_000,
    maxResponseBytes: 1 << 20,
    apiKeyEnv: 'LASER_TEST_KEY',
  });
  const activities = createActivities({ store: world.store(), modelServer: () => client });
  world.vllm().override = (response, { headers }) => {
    sendJson(response, 500, { error: { message: `you sent ${JSON.stringify(headers)}` } });
    return true;
  };
  const failure = await rejection<Failure>(world.environment().run(activities.generateCompletions, await input()));
  client.close();
  delete process.env['LASER_TEST_KEY'];
  expect(world.vllm().requests[0]!.headers.authorization).toBe('Bearer sk-very-secret');
  expect(failure.message).toContain('you sent');
  expect(`${failure.message}${failure.stack}${JSON.stringify(failure)}`).not.toContain('sk-very-secret');
  expect(failure.cause).toBeUndefined();
});

test('cancelling closes the request under way and is told as a cancellation', async () => {
  let asked: () => void = () => undefined;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  world.vllm().override = (_, { path }) => {
    if (path === '/v1/completions') asked();
    return path === '/v1/completions';
  };
  const environment = world.environment();
  const running = rejection(environment.run(world.activities().generateCompletions, await input()));
  await isAsked;
  const closed = once(world.vllm().sockets.at(-1)!, 'close');
  environment.cancel();
  expect(await running).toBeInstanceOf(CancelledFailure);
  await closed;
});

test('an input of the wrong shape is permanent, and names the field', async () => {
  const wrong = { ...(await input()), round: 0 };
  const failure = await rejection<Failure>(world.run('generateCompletions', wrong));
  expect(failure).toMatchObject({ type: failureTypes.configInvalid, nonRetryable: true });
  expect(failure.message).toContain('round');
});

test('a spoiled artifact is permanent and says which', async () => {
  const { plan, ...rest } = await input();
  const other = await world.store().putJson({ batches: 'none' });
  const failure = await rejection<Failure>(world.run('generateCompletions', { ...rest, plan: other }));
  expect(failure).toMatchObject({ type: failureTypes.artifactCorrupt, nonRetryable: true });
  expect(failure.message).toContain(other.sha256);
  const missing = await rejection<Failure>(
    world.run('generateCompletions', { ...rest, plan: { ...plan, sha256: 'a'.repeat(64) } }),
  );
  expect(missing).toMatchObject({ type: failureTypes.artifactMissing, nonRetryable: true });
});

test.each([
  [new TypeError('of undefined'), { type: 'TypeError', message: 'of undefined', nonRetryable: false }],
  [Object.assign(new Error('disk full'), { code: 'ENOSPC' }), { type: 'ENOSPC', nonRetryable: false }],
  ['a text', { type: 'Error', message: 'a text', nonRetryable: false }],
  [undefined, { type: 'Error', message: 'undefined', nonRetryable: false }],
])('what nobody foresaw is tried again, and keeps its stack: %s', (error, expected) => {
  const failure = toApplicationFailure(error);
  expect(failure).toMatchObject(expected);
  if (error instanceof Error) expect(failure.stack).toBe(error.stack);
});
