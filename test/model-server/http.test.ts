import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { failureTypes } from '../../contract/failure-types';
import { checkHealth, createModelServer, listModels, type ModelServerError } from '../../model-server';
import { against, rejection } from './against';
import { expectClosed } from './expect-closed';
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
