import { getEventListeners, once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
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
import { recorded } from './recorded';
import { sendJson } from './start-fake-server';

const unavailable = { name: 'ModelServerError', failureType: failureTypes.serverUnavailable, retryable: true };

test('sends the request id and names it, method and URL in errors', async () => {
  await against(
    (response) => sendJson(response, 503, recorded('errors')['overloaded']),
    async (client, server) => {
      const error = await rejection<ModelServerError>(listModels(client, { requestId: 'i01-r0002' }));
      expect(server.requests[0]?.headers['x-request-id']).toBe('i01-r0002');
      expect(error).toMatchObject({
        ...unavailable,
        method: 'GET',
        url: `${server.baseUrl}/v1/models`,
        requestId: 'i01-r0002',
        status: 503,
        serverMessage: 'The request queue is full.',
        retryAfterMs: null,
      });
      expect(error.message).toBe(
        `GET ${server.baseUrl}/v1/models answered 503: The request queue is full. The server is overloaded or starting. (request i01-r0002)`,
      );
      expect(server.requests).toHaveLength(1);
    },
  );
});

test('keeps a path prefix of the base URL', async () => {
  await against(
    (response) => sendJson(response, 200, recorded('models')),
    async (_, server) => {
      const prefixed = createModelServer({
        baseUrl: `${server.baseUrl}/gpu-3/`,
        timeoutMs: 1_000,
        maxResponseBytes: 10_000,
      });
      await listModels(prefixed);
      prefixed.close();
      expect(server.requests[0]?.path).toBe('/gpu-3/v1/models');
    },
  );
});

test('a key goes into the header, and nowhere else even when the server echoes it', async () => {
  process.env['LASER_TEST_KEY'] = 'sk-very-secret-123';
  try {
    await against(
      (response, { headers }) => sendJson(response, 401, { error: `bad header ${headers.authorization}` }),
      async (client, server) => {
        const error = await rejection<ModelServerError>(listModels(client));
        expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-very-secret-123');
        expect(error).toMatchObject({ status: 401, failureType: failureTypes.requestRefused, retryable: false });
        expect(error.message).toContain('[redacted]');
        const everything = `${JSON.stringify(error)} ${error.message} ${error.stack} ${String(error.cause)}`;
        expect(everything).not.toContain('sk-very-secret');
      },
      { apiKeyEnv: 'LASER_TEST_KEY' },
    );
  } finally {
    delete process.env['LASER_TEST_KEY'];
  }
});

test('a key variable that is not set is a configuration error', () => {
  const options = { baseUrl: 'http://127.0.0.1:1', timeoutMs: 1, maxResponseBytes: 1, apiKeyEnv: 'LASER_ABSENT_KEY' };
  expect(() => createModelServer(options)).toThrow(/LASER_ABSENT_KEY is not set/);
});

test('a redirect is refused, not followed', async () => {
  await against(
    (response, { path }) => {
      if (path !== '/v1/models') return sendJson(response, 200, recorded('models'));
      response.writeHead(307, { location: '/elsewhere' }).end();
    },
    async (client, server) => {
      const error = await rejection(listModels(client));
      expect(error).toMatchObject({ status: 307, failureType: failureTypes.requestRefused, retryable: false });
      expect(server.requests.map((request) => request.path)).toEqual(['/v1/models']);
    },
  );
});

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

test('aborting closes the socket and rejects with the reason of the signal', async () => {
  const abort = new AbortController();
  await against(
    () => setTimeout(() => abort.abort(new Error('campaign paused')), 50),
    async (client, server) => {
      const error = await rejection<Error>(listModels(client, { signal: abort.signal }));
      expect(error.message).toBe('campaign paused');
      await expectClosed(server.sockets[0]);
      expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
    },
  );
});

test('a signal that is aborted already sends nothing', async () => {
  await against(
    (response) => sendJson(response, 200, recorded('models')),
    async (client, server) => {
      await rejection(listModels(client, { signal: AbortSignal.abort() }));
      expect(server.requests).toHaveLength(0);
    },
  );
});

test('an idle socket the server closed is replaced once, without a word', async () => {
  let served = 0;
  await against(
    (response) => {
      served += 1;
      if (served === 2) return response.socket?.resetAndDestroy();
      sendJson(response, 200, recorded('models'));
    },
    async (client, server) => {
      await listModels(client);
      await expect(listModels(client)).resolves.toHaveLength(2);
      expect(server.requests).toHaveLength(3);
      expect(server.sockets).toHaveLength(2);
    },
  );
});

test('a fresh socket that is reset too is reported, not tried again', async () => {
  let served = 0;
  await against(
    (response) => {
      served += 1;
      if (served > 1) return response.socket?.resetAndDestroy();
      sendJson(response, 200, recorded('models'));
    },
    async (client, server) => {
      await listModels(client);
      expect(await rejection(listModels(client))).toMatchObject(unavailable);
      expect(server.requests).toHaveLength(3);
    },
  );
});

test('sockets are kept between calls, are gone before the 5 s of the server, and may wait longer than that for a reply', async () => {
  await against(
    (response, { path }) =>
      void setTimeout(() => sendJson(response, 200, recorded('models')), path === '/health' ? 4_500 : 0),
    async (client, server) => {
      await listModels(client);
      await checkHealth(client);
      expect(server.sockets).toHaveLength(1);
      await sleep(4_600);
      expect(server.sockets[0]?.closed).toBe(true);
    },
    { timeoutMs: 8_000 },
  );
}, 20_000);

async function expectClosed(socket: Socket | undefined): Promise<void> {
  if (socket === undefined) throw new Error('no socket was opened');
  if (!socket.closed) await once(socket, 'close', { signal: AbortSignal.timeout(10_000) });
  expect(socket.closed).toBe(true);
}
