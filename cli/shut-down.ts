import { setTimeout as delay } from 'node:timers/promises';
import { readEnvironment } from '../config/environment';
import type { DownOutput } from '../contract/cli-output/machine';
import { readRuntimeFile, removeRuntimeFile, type RuntimeFile } from '../workers/embedded/runtime-file';
import { commandOf, stopOrphan } from '../workers/embedded/stop-orphan';
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { printOutput } from './print-output';

/** Steps under way are finished or saved, workers leave their queues, the server closes its database. */
const patienceMs = 120_000;
const pollMs = 100;

/** `laser down`: ends what `laser up` or `laser run` runs for this LASER_HOME, and waits until it has ended. */
export async function shutDown({ json }: { json?: boolean }): Promise<ExitCode> {
  const { LASER_HOME: home } = readEnvironment();
  const runtime = await readRuntimeFile(home);
  printOutput(await end(runtime, home), json, ({ message }) => message);
  return exitCodes.done;
}

async function end(runtime: (RuntimeFile & { alive: boolean }) | null, home: string): Promise<DownOutput> {
  if (runtime === null) return { stopped: false, pid: null, message: `Nothing runs for ${home}.` };
  const { pid } = runtime;
  if (runtime.alive && isOurs(await commandOf(pid))) {
    process.kill(pid, 'SIGTERM');
    for (let waited = 0; (await commandOf(pid)) !== ''; waited += pollMs) {
      if (waited >= patienceMs) {
        const message = `Process ${pid} was told to end and has not in ${patienceMs / 1000} s. Look at the newest folder under ${home}/logs, or end it with \`kill -9 ${pid}\`.`;
        throw new CommandError(message, exitCodes.failed);
      }
      await delay(pollMs);
    }
    return { stopped: true, pid, message: `Down: process ${pid} has ended. \`laser up\` goes on from here.` };
  }
  // Its process was killed, or another one has its number now.
  await stopOrphan({ ...runtime, alive: false });
  await removeRuntimeFile(home);
  return { stopped: false, pid: null, message: `Nothing runs for ${home}; what a killed process had left is cleared.` };
}

function isOurs(command: string): boolean {
  return /\blaser\b|cli[\\/]main\.js/.test(command);
}
