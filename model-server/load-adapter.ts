import { isAbsolute, normalize } from 'node:path';
import { failureTypes } from '../contract/failure-types';
import { isModelServerError, ModelServerError, ModelServerConfigError, type CallSite } from './errors';
import type { CallOptions, ModelServer } from './http';
import { listModels } from './list-models';

export interface LoadAdapterRequest {
  /** Never re-used for other weights: vLLM's prefix cache would answer with the old ones. Name adapters by content. */
  readonly name: string;
  /** Absolute folder as the server sees it. It must stay readable while the name is loaded. */
  readonly path: string;
}

const alreadyLoaded = /already\s+(been\s+)?loaded/i;

/**
 * POST /v1/load_lora_adapter, then GET /v1/models to see that the name stands for our path.
 * A name that is loaded from our path already is success; from any other path a permanent failure.
 */
export async function loadAdapter(
  server: ModelServer,
  { name, path }: LoadAdapterRequest,
  options: CallOptions = {},
): Promise<void> {
  checkAdapterPath(path);
  try {
    await server.callText({
      method: 'POST',
      path: '/v1/load_lora_adapter',
      body: { lora_name: name, lora_path: path, load_inplace: false },
      ...options,
    });
  } catch (error) {
    if (!isModelServerError(error) || !alreadyLoaded.test(error.serverMessage ?? '')) throw error;
  }
  await confirmLoaded(server, name, path, options);
}

function checkAdapterPath(path: string): void {
  if (!isAbsolute(path) || normalize(path) !== path || path.includes('\0')) {
    throw new ModelServerConfigError(
      `Adapter path '${path}' is not a plain absolute folder; the server would look for it elsewhere or on the hub.`,
    );
  }
}

async function confirmLoaded(server: ModelServer, name: string, path: string, options: CallOptions): Promise<void> {
  const served = (await listModels(server, options)).find((model) => model.id === name);
  if (served?.root === path) return;
  const site: CallSite = { method: 'GET', url: `${server.baseUrl}/v1/models`, requestId: options.requestId ?? 'none' };
  const missing = served === undefined;
  const found = missing
    ? `does not list adapter '${name}' after loading it. Run the server with --api-server-count 1.`
    : `has adapter name '${name}' loaded from '${served.root}', not from '${path}'. Load it under a new name.`;
  throw new ModelServerError(`${site.method} ${site.url} ${found}`, {
    site,
    status: 200,
    serverMessage: null,
    failureType: missing ? failureTypes.serverUnavailable : failureTypes.adapterRefused,
    retryable: missing,
    retryAfterMs: null,
  });
}
