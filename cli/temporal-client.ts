import { Client, Connection } from '@temporalio/client';
import type { Environment } from '../config/environment';
import { connectionSettings } from '../workers/connection-settings';
import { readRuntimeFile } from '../workers/embedded/runtime-file';
import { CommandError, exitCodes } from './command-error';

/** The client for the Temporal server that the environment names, else for the embedded one of LASER_HOME. */
export async function connectClient(environment: Environment): Promise<Client> {
  const runtime = await readRuntimeFile(environment.LASER_HOME);
  const embedded = runtime?.alive === true ? runtime.temporalAddress : undefined;
  const address = environment.TEMPORAL_ADDRESS ?? embedded;
  if (address === undefined) {
    throw new CommandError(
      'Nothing is running: TEMPORAL_ADDRESS is not set, and no embedded server is up here. Start it with `laser up`.',
      exitCodes.environment,
    );
  }
  const settings = await connectionSettings({ ...environment, TEMPORAL_ADDRESS: address });
  try {
    const connection = await Connection.connect({ ...settings, connectTimeout: '5s' });
    return new Client({ connection, namespace: environment.TEMPORAL_NAMESPACE });
  } catch (error) {
    throw new CommandError(
      `The Temporal server ${address} does not answer (${(error as Error).message}). Check TEMPORAL_ADDRESS, or run \`laser doctor\`.`,
      exitCodes.environment,
    );
  }
}
