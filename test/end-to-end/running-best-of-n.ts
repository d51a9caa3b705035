import { join } from 'node:path';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { ArtifactStore } from '../../artifact-store';
import { findLearned } from '../../cli/best-of-n/find-learned';
import { startBestOfN } from '../../cli/best-of-n/start-best-of-n';
import { connectClient } from '../../cli/temporal-client';
import { readEnvironment } from '../../config/environment';
import { loadBestOfN } from '../../config/load-best-of-n';
import { resolveBestOfN } from '../../config/resolve-best-of-n';
import type { bestOfNWorkflow } from '../../workflows';
import { projectRoot } from '../../workers/embedded/project-root';
import { startEmbedded, type EmbeddedRuntime } from '../../workers/embedded/start-embedded';

export const fewAnswers = join(projectRoot, 'test', 'end-to-end', 'best-of-n.yaml');

/** A best-of-n on a runtime of its own, in a given LASER_HOME. */
export interface RunningBestOfN {
  store: ArtifactStore;
  runtime: EmbeddedRuntime;
  client: Client;
  handle: WorkflowHandle<typeof bestOfNWorkflow>;
  stop: () => Promise<void>;
}

export async function runBestOfN(file: string, home: string): Promise<RunningBestOfN> {
  const environment = readEnvironment({ ...process.env, LASER_HOME: home });
  const store = new ArtifactStore(environment.LASER_STORE);
  const loaded = await loadBestOfN(file);
  const { bestOfN, embeddedModels } = await resolveBestOfN(loaded, store);
  const rewardModelIds = bestOfN.rewardModels.map(({ id }) => id);
  const onMessage = () => undefined;
  const runtime = await startEmbedded({ environment, models: embeddedModels, rewardModelIds, onMessage });
  const client = await connectClient({ ...environment, TEMPORAL_ADDRESS: runtime.temporalAddress });
  const learned = await findLearned(client, loaded.run, loaded.bestOfN, bestOfN);
  const { handle } = await startBestOfN(client, { ...bestOfN, ...learned });
  const stop = async () => {
    await client.connection.close();
    await runtime.stop();
  };
  return { store, runtime, client, handle, stop };
}
