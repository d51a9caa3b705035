import { delimiter, join } from 'node:path';
import type { Client } from '@temporalio/client';
import { createMathVerifier, type ActivityDependencies } from '../activities';
import { ArtifactStore } from '../artifact-store';
import type { Environment } from '../config/environment';
import type { ServerAddress } from '../contract/reward-model';
import { createModelServer, type ModelServer } from '../model-server';
import { findPython } from './embedded/find-programs';
import { projectRoot } from './embedded/project-root';
import { roundFinishedSignal } from '../workflows/messages';
import { scheduledCampaignResolver } from './scheduled-campaign-resolver';

const requestTimeoutMs = 60 * 60 * 1000;
const maxResponseBytes = 256 * 1024 * 1024;

/**
 * The store and the servers that a worker's activities use; one connection pool a server.
 * @param client needed by control workers only.
 */
export function activityDependencies(environment: Environment, client?: Client): ActivityDependencies {
  const servers = new Map<string, ModelServer>();
  const store = new ArtifactStore(environment.LASER_STORE);
  return {
    store,
    ...(client && {
      resolveScheduledCampaign: scheduledCampaignResolver(store, client),
      tellCampaign: (workflowId, report) => client.workflow.getHandle(workflowId).signal(roundFinishedSignal, report),
    }),
    mathVerifier: createMathVerifier(async () => ({
      python: await findPython(),
      environment: { ...process.env, PYTHONPATH: pythonPath(), OMP_NUM_THREADS: '1' },
    })),
    modelServer: (address) => {
      const baseUrl = resolveAddress(address, environment);
      const known = servers.get(baseUrl);
      if (known) return known;
      const server = createModelServer({
        baseUrl,
        timeoutMs: requestTimeoutMs,
        maxResponseBytes,
        apiKeyEnv: environment.LASER_MODEL_SERVER_KEY_VARIABLE,
      });
      servers.set(baseUrl, server);
      return server;
    },
  };
}

/** The project's modules, before what the environment names already. */
function pythonPath(): string {
  const inherited = process.env['PYTHONPATH'];
  return [join(projectRoot, 'python', 'src'), ...(inherited === undefined ? [] : [inherited])].join(delimiter);
}

function resolveAddress(address: ServerAddress, { LASER_MODEL_SERVER: embedded }: Environment): string {
  if (address !== 'embedded') return address;
  if (embedded === undefined) {
    throw new Error(
      'The campaign uses the embedded model server, but LASER_MODEL_SERVER is not set for this worker; `laser up` sets it.',
    );
  }
  return embedded;
}
