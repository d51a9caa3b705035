import { join } from 'node:path';
import type { Environment } from '../../config/environment';
import type { EmbeddedModel } from '../../config/resolve-campaign';
import { taskQueues } from '../../contract/task-queues';
import { checkHealth, createModelServer } from '../../model-server';
import { exitWithParentVariable } from '../exit-with-parent';
import { findPython, findTemporal } from './find-programs';
import { freePort } from './free-port';
import { projectRoot } from './project-root';
import { readRuntimeFile, removeRuntimeFile, writeRuntimeFile } from './runtime-file';
import { Service, type ServiceOptions } from './service';
import { stopOrphan } from './stop-orphan';
import { startTemporalServer } from './temporal-server';
import { waitUntil } from './wait-until';

const modelServerTimeoutMs = 180_000;

export interface EmbeddedOptions {
  environment: Environment;
  models: readonly EmbeddedModel[];
  rewardModelIds: readonly string[];
  onMessage: (message: string) => void;
}

export interface EmbeddedRuntime {
  temporalAddress: string;
  uiUrl: string | null;
  modelServer: string | null;
  services: readonly Service[];
  /** Rejects when a service has died for good. */
  failed: Promise<never>;
  stop: () => Promise<void>;
}

/** Starts everything on this machine: Temporal (unless TEMPORAL_ADDRESS names one), the model server, and a worker of each kind. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedRuntime> {
  const { environment, models, rewardModelIds, onMessage } = options;
  const { LASER_HOME: home, LASER_STORE: store, TEMPORAL_NAMESPACE: namespace } = environment;
  const maxLoraRank = environment.LASER_MAX_LORA_RANK;
  await stopOrphan(await readRuntimeFile(home));
  const python = await findPython();
  const services: Service[] = [];
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const common = {
    logFolder: join(home, 'logs', stamp),
    onGiveUp: (error: Error) => fail(error),
    onRestart: onMessage,
  };
  const stop = async () => {
    for (const service of services.reverse()) await service.stop();
    await removeRuntimeFile(home);
  };

  try {
    let temporalAddress = environment.TEMPORAL_ADDRESS;
    let uiUrl: string | null = null;
    let temporal: Service | null = null;
    if (temporalAddress === undefined) {
      const executable = await findTemporal(environment);
      const server = await startTemporalServer(executable, home, namespace, common);
      ({ address: temporalAddress, uiUrl, service: temporal } = server);
      services.push(temporal);
      onMessage(`Temporal server on ${temporalAddress}, UI at ${uiUrl}`);
    }

    const pythonEnvironment = { ...process.env, PYTHONPATH: join(projectRoot, 'python', 'src'), OMP_NUM_THREADS: '1' };
    let modelServer: string | null = null;
    if (models.length > 0) {
      const port = await freePort();
      modelServer = `http://127.0.0.1:${port}`;
      await start({
        name: 'model-server',
        command: python,
        arguments: [
          ...['-m', 'laser.server', '--port', String(port), '--exit-with-parent'],
          ...models.flatMap(({ name, path, task }) => ['--model', `${name}=${path}:${task}`]),
          ...(maxLoraRank === undefined ? [] : ['--max-lora-rank', String(maxLoraRank)]),
        ],
        environment: pythonEnvironment,
      });
    }

    const workerEnvironment = {
      ...process.env,
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_NAMESPACE: namespace,
      LASER_HOME: home,
      LASER_STORE: store,
      [exitWithParentVariable]: '1',
      ...(modelServer !== null && { LASER_MODEL_SERVER: modelServer }),
    };
    const worker = (name: string, ...ids: string[]) =>
      start({
        name,
        command: process.execPath,
        arguments: [join(projectRoot, 'dist', 'workers', `${name}.js`), ...ids],
        environment: workerEnvironment,
      });
    await worker('control-worker');
    await worker('generate-worker');
    if (rewardModelIds.length > 0) await worker('score-worker', ...rewardModelIds);
    await start({
      name: 'train-worker',
      command: python,
      arguments: [
        ...['-m', 'laser.trainer', '--address', temporalAddress, '--namespace', namespace],
        ...['--task-queue', taskQueues.train, '--store', store, '--exit-with-parent'],
      ],
      environment: { ...pythonEnvironment, TEMPORAL_ADDRESS: temporalAddress, TEMPORAL_NAMESPACE: namespace },
    });
    if (modelServer !== null) {
      const server = createModelServer({ baseUrl: modelServer, timeoutMs: 5000, maxResponseBytes: 1 << 20 });
      await Promise.race([failed, waitUntil('The model server', modelServerTimeoutMs, () => checkHealth(server))]);
      server.close();
      onMessage(`Model server on ${modelServer} with ${models.map(({ name }) => name).join(', ')}`);
    }
    await writeRuntimeFile(home, {
      pid: process.pid,
      temporalAddress,
      temporalPid: temporal?.pid ?? null,
      uiUrl,
      modelServer,
      models: Object.fromEntries(models.map(({ name, path }) => [name, path])),
      rewardModels: [...rewardModelIds],
    });
    onMessage(`Workers: control, generate, score, train (logs in ${common.logFolder})`);
    return { temporalAddress, uiUrl, modelServer, services, failed, stop };
  } catch (error) {
    await stop();
    throw error;
  }

  async function start(service: Omit<ServiceOptions, keyof typeof common>): Promise<void> {
    const started = new Service({ ...common, ...service });
    services.push(started);
    await started.start();
  }
}
