import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RuntimeFile } from './runtime-file';

const run = promisify(execFile);

/** A Temporal server whose runtime was killed still holds the database; it is stopped before another one starts. */
export async function stopOrphan(runtime: (RuntimeFile & { alive: boolean }) | null): Promise<void> {
  if (!runtime || runtime.alive || runtime.temporalPid === null) return;
  if (!(await commandOf(runtime.temporalPid)).includes('server start-dev')) return;
  process.kill(runtime.temporalPid, 'SIGTERM');
  for (let waited = 0; waited < 100; waited += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if ((await commandOf(runtime.temporalPid)) === '') return;
  }
  process.kill(runtime.temporalPid, 'SIGKILL');
}

/** Command line of a process; empty where there is none. */
export async function commandOf(pid: number): Promise<string> {
  try {
    return (await run('ps', ['-o', 'command=', '-p', String(pid)])).stdout.trim();
  } catch {
    return '';
  }
}
