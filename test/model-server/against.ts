import { createModelServer, type ModelServer, type ModelServerOptions } from '../../model-server';
import { startFakeServer, type FakeServer, type Handler } from './start-fake-server';

/** Runs `use` with a client of a fake server that answers as `handle` says, and closes both. */
export async function against<Result>(
  handle: Handler,
  use: (client: ModelServer, server: FakeServer) => Promise<Result>,
  options: Partial<ModelServerOptions> = {},
): Promise<Result> {
  const server = await startFakeServer(handle);
  const client = createModelServer({
    baseUrl: server.baseUrl,
    timeoutMs: 5_000,
    maxResponseBytes: 1_000_000,
    ...options,
  });
  try {
    return await use(client, server);
  } finally {
    client.close();
    await server.close();
  }
}

/** The error `promise` rejects with; fails the test where it does not reject. */
export async function rejection<Failure = Record<string, unknown>>(promise: Promise<unknown>): Promise<Failure> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error as Failure;
  }
  throw new Error(`expected a rejection, got ${JSON.stringify(value)}`);
}
