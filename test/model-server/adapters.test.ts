import { failureTypes } from '../../contract/failure-types';
import { listModels, loadAdapter, unloadAdapter, type ModelServerError } from '../../model-server';
import { against, rejection } from './against';
import { recorded } from './recorded';
import { sendJson, type Handler } from './start-fake-server';

const adapter = { name: 'pol-1a2b', path: '/adapters/pol-1a2b' };
const errors = recorded<Record<string, unknown>>('errors');

/** A server that answers adapter routes with `status` and `body`, and lists the recorded models. */
function adapterServer(status: number, body: unknown): Handler {
  return (response, { path }) => {
    if (path === '/v1/models') return sendJson(response, 200, recorded('models'));
    if (typeof body !== 'string') return sendJson(response, status, body);
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
  };
}
const loaded = adapterServer(200, "Success: LoRA adapter 'pol-1a2b' added successfully.");

test('loads, then sees that the name stands for the path', async () => {
  await against(loaded, async (client, server) => {
    await expect(loadAdapter(client, adapter)).resolves.toBeUndefined();
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/load_lora_adapter',
      'GET /v1/models',
    ]);
    expect(server.requests[0]?.body).toEqual({
      lora_name: 'pol-1a2b',
      lora_path: '/adapters/pol-1a2b',
      load_inplace: false,
    });
  });
});

test('already loaded from our path is success', async () => {
  await against(adapterServer(400, errors['adapterAlreadyLoaded']), async (client) => {
    await expect(loadAdapter(client, adapter)).resolves.toBeUndefined();
  });
});

test('already loaded from another path is refused for good', async () => {
  await against(adapterServer(400, errors['adapterAlreadyLoaded']), async (client) => {
    const error = await rejection<ModelServerError>(loadAdapter(client, { ...adapter, path: '/adapters/other' }));
    expect(error).toMatchObject({ failureType: failureTypes.adapterRefused, retryable: false });
    expect(error.message).toContain("loaded from '/adapters/pol-1a2b', not from '/adapters/other'");
  });
});

test('an adapter the server does not list after loading it may be there later', async () => {
  await against(loaded, async (client) => {
    const error = await rejection<ModelServerError>(loadAdapter(client, { name: 'pol-ffff', path: '/adapters/f' }));
    expect(error).toMatchObject({ failureType: failureTypes.serverUnavailable, retryable: true });
    expect(error.message).toContain("does not list adapter 'pol-ffff'");
  });
});

test.each([
  ['adapterRankTooHigh', 500, failureTypes.adapterRefused, false],
  ['adapterPathMissing', 404, failureTypes.adapterRefused, false],
  ['routeNotFound', 404, failureTypes.adapterRefused, false],
  ['engineDead', 500, failureTypes.serverUnavailable, true],
  ['overloaded', 503, failureTypes.serverUnavailable, true],
] as const)('%s (%i) is %s', async (body, status, failureType, retryable) => {
  await against(adapterServer(status, errors[body]), async (client, server) => {
    expect(await rejection(loadAdapter(client, adapter))).toMatchObject({ failureType, retryable, status });
    expect(server.requests).toHaveLength(1);
  });
});

test.each(['../../etc', 'adapters/a', '/adapters/../etc', '/adapters//a', 'https://host/a', 'org/adapter', '/a\0b'])(
  'adapter path %j is refused before any call',
  async (path) => {
    await against(loaded, async (client, server) => {
      const error = await rejection(loadAdapter(client, { ...adapter, path }));
      expect(error).toMatchObject({ failureType: failureTypes.configInvalid, retryable: false });
      expect(server.requests).toHaveLength(0);
    });
  },
);

test('unloads; a name the server does not know is unloaded already', async () => {
  await against(
    adapterServer(200, "Success: LoRA adapter 'pol-1a2b' removed successfully."),
    async (client, server) => {
      await unloadAdapter(client, 'pol-1a2b');
      expect(server.requests[0]).toMatchObject({ path: '/v1/unload_lora_adapter', body: { lora_name: 'pol-1a2b' } });
    },
  );
  await against(adapterServer(404, errors['modelNotFound']), async (client) => {
    await expect(unloadAdapter(client, 'pol-9')).resolves.toBeUndefined();
    expect(await rejection(unloadAdapter(client, 'pol-1a2b'))).toMatchObject({ status: 404 });
  });
});

test('lists the base model and its adapters', async () => {
  await against(loaded, async (client) => {
    expect(await listModels(client)).toEqual([
      { id: 'policy', root: '/models/policy', parent: null, maxModelLength: 512 },
      { id: 'pol-1a2b', root: '/adapters/pol-1a2b', parent: 'policy', maxModelLength: null },
    ]);
  });
});
