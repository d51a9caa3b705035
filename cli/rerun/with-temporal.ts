import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { Environment } from '../../config/environment';
import { findTemporal } from '../../workers/embedded/find-programs';
import { readRuntimeFile } from '../../workers/embedded/runtime-file';
import { stopOrphan } from '../../workers/embedded/stop-orphan';
import { startTemporalServer } from '../../workers/embedded/temporal-server';
import { connectClient } from '../temporal-client';

/**
 * Lets `ask` look things up at Temporal without any worker, so that no campaign goes on meanwhile: at the server that is
 * there, else at the embedded one, started for as long as it takes. @returns null if nothing ever ran here.
 */
export async function withTemporal<Answer>(
  environment: Environment,
  ask: (client: Client) => Promise<Answer>,
): Promise<Answer | null> {
  const { LASER_HOME: home, TEMPORAL_NAMESPACE: namespace, TEMPORAL_ADDRESS: address } = environment;
  const runtime = await readRuntimeFile(home);
  if (address !== undefined || runtime?.alive === true) return answer(environment, ask);
  if (!existsSync(join(home, 'temporal', 'server.sqlite'))) return null;
  await stopOrphan(runtime);
  const server = await startTemporalServer(await findTemporal(environment), home, namespace, {
    logFolder: join(home, 'logs', 'dry-run'),
    onRestart: () => undefined,
    onGiveUp: () => undefined,
  });
  try {
    return await answer({ ...environment, TEMPORAL_ADDRESS: server.address }, ask);
  } finally {
    await server.service.stop();
  }
}

async function answer<Answer>(environment: Environment, ask: (client: Client) => Promise<Answer>): Promise<Answer> {
  const client = await connectClient(environment);
  try {
    return await ask(client);
  } finally {
    await client.connection.close();
  }
}
