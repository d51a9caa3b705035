import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { ArtifactStore } from '../../artifact-store';
import { startCampaign } from '../../cli/start-campaign';
import { connectClient } from '../../cli/temporal-client';
import { readEnvironment, type Environment } from '../../config/environment';
import { loadCampaign } from '../../config/load-campaign';
import { resolveCampaign, type Resolution } from '../../config/resolve-campaign';
import { askedModels } from '../../contract/reward-models-of';
import type { campaignWorkflow } from '../../workflows';
import { projectRoot } from '../../workers/embedded/project-root';
import { startEmbedded, type EmbeddedRuntime } from '../../workers/embedded/start-embedded';

export const ciCampaign = join(projectRoot, 'config', 'campaigns', 'ci.yaml');

/** A campaign on a runtime of its own: real Temporal server, model server, workers and trainer, in a fresh LASER_HOME. */
export interface RunningCampaign {
  home: string;
  store: ArtifactStore;
  runtime: EmbeddedRuntime;
  client: Client;
  handle: WorkflowHandle<typeof campaignWorkflow>;
  stop: () => Promise<void>;
}

export async function runCampaign(file: string, home?: string): Promise<RunningCampaign> {
  return (await runCampaigns([file], home))[0]!;
}

/** Campaigns side by side on one runtime, where a model's name means one model; to stop one is to stop all. */
export async function runCampaigns(files: readonly string[], home?: string): Promise<RunningCampaign[]> {
  const folder = home ?? (await mkdtemp(join(tmpdir(), 'laser-e2e-')));
  const environment: Environment = readEnvironment({ ...process.env, LASER_HOME: folder });
  const store = new ArtifactStore(environment.LASER_STORE);
  const resolved: Resolution[] = [];
  for (const file of files) resolved.push(await resolveCampaign(file, await loadCampaign(file), store));
  const models = new Map(resolved.flatMap(({ embeddedModels }) => embeddedModels.map((model) => [model.name, model])));
  const rewardModelIds = new Set(resolved.flatMap(({ campaign }) => askedModels(campaign).map(({ id }) => id)));
  const runtime = await startEmbedded({
    environment,
    models: [...models.values()],
    rewardModelIds: [...rewardModelIds],
    onMessage: () => undefined,
  });
  const client = await connectClient({ ...environment, TEMPORAL_ADDRESS: runtime.temporalAddress });
  const stop = async () => {
    await client.connection.close();
    await runtime.stop();
  };
  const running: RunningCampaign[] = [];
  for (const { campaign } of resolved) {
    const { handle } = await startCampaign(client, { campaignId: campaign.name, campaign });
    running.push({ home: folder, store, runtime, client, handle, stop });
  }
  return running;
}

/** A runtime with no models over an existing LASER_HOME: enough to look at what is finished. */
export async function openRuntime(home: string): Promise<{ client: Client; stop: () => Promise<void> }> {
  const environment = readEnvironment({ ...process.env, LASER_HOME: home });
  const runtime = await startEmbedded({ environment, models: [], rewardModelIds: [], onMessage: () => undefined });
  const client = await connectClient({ ...environment, TEMPORAL_ADDRESS: runtime.temporalAddress });
  const stop = async () => {
    await client.connection.close();
    await runtime.stop();
  };
  return { client, stop };
}

export async function removeHome(home: string): Promise<void> {
  await rm(home, { recursive: true, force: true });
}

export interface JournalLine {
  key: string;
  step: string;
  label: { iteration: number; round: number };
}

/** Work that was finished, in the order it was; none before the first step. */
export async function readJournal(store: ArtifactStore): Promise<JournalLine[]> {
  try {
    const text = await readFile(join(store.root, 'journal.jsonl'), 'utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as JournalLine);
  } catch {
    return [];
  }
}
