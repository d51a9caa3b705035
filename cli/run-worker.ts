import { join } from 'node:path';
import { readEnvironment } from '../config/environment';
import { taskQueues } from '../contract/task-queues';
import { findPython } from '../workers/embedded/find-programs';
import { projectRoot } from '../workers/embedded/project-root';
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { pythonEnvironment } from './python-environment';
import { runForeground } from './run-foreground';

/** `laser worker control|generate|score|train`: one worker process, for machines of their own. */
export async function runWorker(kind: string, rewardModelIds: readonly string[]): Promise<ExitCode> {
  const environment = readEnvironment();
  if (environment.TEMPORAL_ADDRESS === undefined) {
    throw new CommandError(
      'TEMPORAL_ADDRESS is not set; a worker needs the host:port of the Temporal server.',
      exitCodes.environment,
    );
  }
  if (kind !== 'train') {
    const program = join(projectRoot, 'dist', 'workers', `${kind}-worker.js`);
    return runForeground(process.execPath, [program, ...rewardModelIds], process.env);
  }
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, LASER_STORE: store } = environment;
  return runForeground(
    await findPython(),
    [
      ...['-m', 'laser.trainer', '--address', address, '--namespace', namespace],
      ...['--task-queue', taskQueues.train, '--store', store],
    ],
    pythonEnvironment(),
  );
}
