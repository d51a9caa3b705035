import { execFile } from 'node:child_process';
import { mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from '../../config/environment';
import { findPython, findTemporal } from '../../workers/embedded/find-programs';
import { projectRoot } from '../../workers/embedded/project-root';
import { readRuntimeFile } from '../../workers/embedded/runtime-file';
import { connectClient } from '../temporal-client';
import { findingOf, type Finding } from './finding';

const run = promisify(execFile);
const neededGiB = 2;

/** The parts every campaign needs. */
export async function* checkMachine(environment: Environment): AsyncGenerator<Finding> {
  yield findingOf('Node.js', 'install Node 20.19 or newer', () => {
    const { node: version } = process.versions;
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const isTooOld = major < 20 || (major === 20 && minor < 19);
    return isTooOld ? Promise.reject(new Error(`version ${version} is too old`)) : Promise.resolve(version);
  });
  yield findingOf('Python', 'run `npm start` once; it makes python/.venv from python/requirements.lock', async () => {
    const program =
      'import torch, transformers, peft, temporalio; print("torch", torch.__version__, "peft", peft.__version__)';
    const { stdout } = await run(await findPython(), ['-c', program]);
    return stdout.trim();
  });
  yield findingOf(
    'Store',
    `make ${environment.LASER_STORE} writable and free some space, or set LASER_HOME to another folder`,
    async () => {
      await mkdir(environment.LASER_STORE, { recursive: true });
      const probe = join(environment.LASER_STORE, `doctor-${process.pid}`);
      await writeFile(probe, 'x');
      await rm(probe);
      const { bavail, bsize } = await statfs(environment.LASER_STORE);
      const free = (bavail * bsize) / 2 ** 30;
      if (free < neededGiB) throw new Error(`${environment.LASER_STORE} has ${free.toFixed(1)} GiB free`);
      return `${environment.LASER_STORE}, ${free.toFixed(0)} GiB free`;
    },
  );
  if (environment.TEMPORAL_ADDRESS === undefined) {
    yield findingOf('Temporal binary', 'run `npm start` once, or set LASER_TEMPORAL_CLI', async () => {
      const executable = await findTemporal(environment);
      return (await run(executable, ['--version'])).stdout.trim();
    });
  }
  yield findingOf('Build', 'run `npm start` once; it compiles the project', async () => {
    const { size } = await stat(join(projectRoot, 'dist', 'workflow-bundle.js'));
    return `workflow bundle of ${(size / 2 ** 20).toFixed(1)} MiB`;
  });
  const runtime = await readRuntimeFile(environment.LASER_HOME);
  if (environment.TEMPORAL_ADDRESS === undefined && runtime?.alive !== true) return;
  yield findingOf(
    'Temporal server',
    'start it with `laser up`, or correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE',
    async () => {
      const client = await connectClient(environment);
      const { namespaceInfo, config } = await client.connection.workflowService.describeNamespace({
        namespace: environment.TEMPORAL_NAMESPACE,
      });
      await client.connection.close();
      const days = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 86_400;
      if (days < 90) throw new Error(`namespace ${namespaceInfo?.name} forgets finished campaigns after ${days} days`);
      return `namespace ${namespaceInfo?.name}, finished campaigns kept ${days} days`;
    },
  );
}
