import { spawn } from 'node:child_process';
import { exitCodes, type ExitCode } from './command-error';

/** Runs a program in this terminal to its end; signals go to it, and a failure of it is ours. */
export async function runForeground(
  command: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<ExitCode> {
  const child = spawn(command, parameters, { stdio: 'inherit', env: environment });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  return code === 0 ? exitCodes.done : exitCodes.failed;
}
