import { join } from 'node:path';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { ArtifactStore } from '../../artifact-store';
import { startComparison } from '../../cli/compare/start-comparison';
import { connectClient } from '../../cli/temporal-client';
import { readEnvironment } from '../../config/environment';
import { loadComparison } from '../../config/load-comparison';
import { resolveComparison } from '../../config/resolve-comparison';
import type { comparisonWorkflow } from '../../workflows';
import { projectRoot } from '../../workers/embedded/project-root';
import { startEmbedded, type EmbeddedRuntime } from '../../workers/embedded/start-embedded';

export const twoWays = join(projectRoot, 'test', 'end-to-end', 'comparison.yaml');

/** A comparison on a runtime of its own, in a given LASER_HOME. */
export interface RunningComparison {
  store: ArtifactStore;
  runtime: EmbeddedRuntime;
  client: Client;
  handle: WorkflowHandle<typeof comparisonWorkflow>;
  stop: () => Promise<void>;
}

export async function runComparison(file: string, home: string): Promise<RunningComparison> {
  const environment = readEnvironment({ ...process.env, LASER_HOME: home });
  const store = new ArtifactStore(environment.LASER_STORE);
  const loaded = await loadComparison(file);
  const { plan, embeddedModels, rewardModels } = await resolveComparison(file, loaded, store);
  const rewardModelIds = rewardModels.map(({ id }) => id);
  const onMessage = () => undefined;
  const runtime = await startEmbedded({ environment, models: embeddedModels, rewardModelIds, onMessage });
  const client = await connectClient({ ...environment, TEMPORAL_ADDRESS: runtime.temporalAddress });
  const { name: comparisonId, seeds, concurrency, campaignsPerRun } = loaded.comparison;
  const { handle } = await startComparison(client, {
    ...{ comparisonId, seeds, concurrency, campaignsPerRun },
    plan: await store.putJson(plan),
    strategies: plan.strategies.map(({ name }) => name),
  });
  const stop = async () => {
    await client.connection.close();
    await runtime.stop();
  };
  return { store, runtime, client, handle, stop };
}
