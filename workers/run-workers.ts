import { Client } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import { createActivities } from '../activities';
import { readEnvironment, type Environment } from '../config/environment';
import { activityDependencies } from './activity-dependencies';
import { connectWorker } from './connect-worker';
import { exitWithParent } from './exit-with-parent';
import { beatWhileRunning } from './heartbeat-interceptor';

type OptionsOfWorker = Omit<WorkerOptions, 'connection' | 'namespace' | 'activities'>;

/** Runs this process's workers until it is told to stop, all on one connection; what is under way gets time to finish. */
export async function runWorkers(makeOptions: (environment: Environment) => OptionsOfWorker[]): Promise<void> {
  const environment = readEnvironment();
  exitWithParent();
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, timestampNanos, message, meta }) => {
      const time = new Date(Number(timestampNanos / 1_000_000n)).toISOString();
      process.stderr.write(`${time} ${level} ${message} ${meta ? JSON.stringify(meta) : ''}\n`);
    }),
  });
  const connection = await connectWorker(environment);
  const client = new Client({ connection, namespace: environment.TEMPORAL_NAMESPACE });
  const activities = createActivities(activityDependencies(environment, client));
  const workers = await Promise.all(
    makeOptions(environment).map((options) =>
      Worker.create({
        connection,
        namespace: environment.TEMPORAL_NAMESPACE,
        activities,
        interceptors: { activity: [beatWhileRunning] },
        shutdownGraceTime: '10s',
        ...options,
      }),
    ),
  );
  await runToEnd(workers, connection);
}

async function runToEnd(workers: Worker[], connection: NativeConnection): Promise<void> {
  try {
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    await connection.close();
  }
}
