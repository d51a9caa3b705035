import type { CallOptions, ModelServer } from './http';

/** GET /health: returns when the server has loaded its model and its engine lives; else throws ModelServerError. */
export async function checkHealth(server: ModelServer, options: CallOptions = {}): Promise<void> {
  await server.callText({ method: 'GET', path: '/health', ...options });
}
