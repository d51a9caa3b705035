import { NativeConnection } from '@temporalio/worker';
import type { Environment } from '../config/environment';
import { connectionSettings } from './connection-settings';

export async function connectWorker(environment: Environment): Promise<NativeConnection> {
  return NativeConnection.connect(await connectionSettings(environment));
}
