import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { freePort } from './free-port';
import { Service, type ServiceOptions } from './service';
import { waitUntil } from './wait-until';

const run = promisify(execFile);
const readyTimeoutMs = 60_000;
/** Completed campaigns stay listed and readable for so long. */
const retentionDays = 365;
const preferredPort = 7233;
const preferredUiPort = 8233;

export interface TemporalServer {
  address: string;
  uiUrl: string;
  service: Service;
}

/** Temporal's own server with its UI, on a SQLite file, so that everything survives a restart. */
export async function startTemporalServer(
  executable: string,
  home: string,
  namespace: string,
  service: Pick<ServiceOptions, 'logFolder' | 'onGiveUp' | 'onRestart'>,
): Promise<TemporalServer> {
  const folder = join(home, 'temporal');
  await mkdir(folder, { recursive: true });
  await checkVersion(executable, folder);
  const port = await freePort(preferredPort);
  const uiPort = await freePort(preferredUiPort);
  const server = new Service({
    ...service,
    name: 'temporal',
    command: executable,
    arguments: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)],
      ...['--db-filename', join(folder, 'server.sqlite'), '--namespace', namespace, '--log-level', 'error'],
      ...['--dynamic-config-value', 'system.enableActivityEagerExecution=true'],
    ],
    environment: process.env,
  });
  await server.start();
  const address = `127.0.0.1:${port}`;
  await waitUntil('The Temporal server', readyTimeoutMs, () => keepHistory(address, namespace));
  return { address, uiUrl: `http://127.0.0.1:${uiPort}/namespaces/${namespace}/workflows`, service: server };
}

/** Sets how long completed campaigns are kept; start-dev forgets them after a day. */
async function keepHistory(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: '1s' });
  try {
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: { seconds: (retentionDays * 24 * 3600) as never } },
    });
  } finally {
    await connection.close();
  }
}

/** A SQLite file belongs to the CLI version that made it: another one may not read it, and does not migrate it. */
async function checkVersion(executable: string, folder: string): Promise<void> {
  const { stdout } = await run(executable, ['--version']);
  const version = stdout.trim();
  const file = join(folder, 'cli-version.txt');
  let recorded: string | null = null;
  try {
    recorded = (await readFile(file, 'utf8')).trim();
  } catch {
    await writeFile(file, `${version}\n`);
  }
  if (recorded !== null && recorded !== version) {
    throw new Error(
      `${folder} was made by "${recorded}", but ${executable} is "${version}". ` +
        `Point LASER_TEMPORAL_CLI to the first, or move the folder away (its campaigns’ artifacts stay in the store).`,
    );
  }
}
