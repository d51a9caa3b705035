import { isModelServerError } from './errors';
import type { CallOptions, ModelServer } from './http';
import { listModels } from './list-models';

/** POST /v1/unload_lora_adapter: the server forgets the name. Done already when it does not know it. */
export async function unloadAdapter(server: ModelServer, name: string, options: CallOptions = {}): Promise<void> {
  try {
    await server.callText({
      method: 'POST',
      path: '/v1/unload_lora_adapter',
      body: { lora_name: name },
      ...options,
    });
  } catch (error) {
    if (!isModelServerError(error) || error.status !== 404) throw error;
    if ((await listModels(server, options)).some((model) => model.id === name)) throw error;
  }
}
