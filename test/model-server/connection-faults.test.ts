import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { failureTypes } from '../../contract/failure-types';
import {
  checkHealth,
  createModelServer,
  isModelServerError,
  isProtocolViolationError,
  listModels,
  type ModelServerError,
} from '../../model-server';
import { against, rejection } from './against';
import { expectClosed } from './expect-closed';
import { sendJson } from './start-fake-server';

const unavailable = { name: 'ModelServerError', failureType: failureTypes.serverUnavailable, retryable: true };

test('a server that is not there', async () => {
  const vacant = createServer().listen(0, '127.0.0.1');
  await once(vacant, 'listening');
  const { port } = vacant.address() as AddressInfo;
  vacant.close();
  await once(vacant, 'close');
  const client = createModelServer({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 2_000, maxResponseBytes: 10 });
  const error = await rejection<ModelServerError>(checkHealth(client));
  expect(error).toMatchObject({ ...unavailable, status: null, serverMessage: null });
  expect(error.message).toContain('ECONNREFUSED');
});

test('a reply that never begins ends with the timeout', async () => {
  await against(
    () => undefined,
    async (client) => {
      const error = await rejection<ModelServerError>(listModels(client));
      expect(error).toMatchObject(unavailable);
      expect(error.message).toContain('within 150 ms');
    },
    { timeoutMs: 150 },
  );
});

test('a body that drips for ever ends with the timeout, and its socket is closed', async () => {
  await against(
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    },
    async (client, server) => {
      const started = Date.now();
      const error = await rejection<ModelServerError>(listModels(client));
      expect(Date.now() - started).toBeLessThan(10_000);
      expect(error).toMatchObject(unavailable);
      expect(error.message).toContain('within 1000 ms');
      await expectClosed(server.sockets[0]);
    },
    { timeoutMs: 1_000 },
  );
});

test('a body larger than allowed is refused for good', async () => {
  await against(
    (response) => sendJson(response, 200, { data: [], padding: 'x'.repeat(5_000) }),
    async (client) => {
      const error = await rejection<ModelServerError>(listModels(client));
      expect(error).toMatchObject({
        name: 'ModelServerError',
        failureType: failureTypes.protocolViolation,
        retryable: false,
      });
      expect(error.message).toContain('more than 1000 bytes');
    },
    { maxResponseBytes: 1_000 },
  );
});

test('a connection reset before the reply', async () => {
  await against(
    (response) => response.socket?.resetAndDestroy(),
    async (client, server) => {
      expect(await rejection(listModels(client))).toMatchObject(unavailable);
      expect(server.requests).toHaveLength(1);
    },
  );
});

test('a connection reset in the middle of the body', async () => {
  await against(
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"data":[');
      setTimeout(() => response.socket?.resetAndDestroy(), 30);
    },
    async (client) => {
      expect(await rejection(listModels(client))).toMatchObject({ ...unavailable, status: null });
    },
  );
});

test.each([
  ['half JSON', '{"data":[{"id":"pol', /cut short/],
  ['HTML', '<!doctype html><title>Welcome</title>', /HTML page/],
  ['nothing', '', /empty/],
  ['other JSON', '[1,2]', /the reply/],
])('%s with status 200 is a retryable protocol violation', async (_, body, problem) => {
  await against(
    (response) => sendJson(response, 200, body),
    async (client) => {
      const error = await rejection<Error>(listModels(client));
      expect(error).toMatchObject({ failureType: failureTypes.protocolViolation, retryable: true });
      expect(error.message).toMatch(problem);
      expect([isProtocolViolationError(error), isModelServerError(error)]).toEqual([true, false]);
    },
  );
});
