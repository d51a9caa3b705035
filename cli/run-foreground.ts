import { spawn } from 'node:child_process';
import { exitCodes, type ExitCode } from './command-error';

const known: readonly number[] = Object.values(exitCodes);

/**
 * Runs a program in this terminal to its end; signals go to it, and a failure of it is ours.
 * @param output where its stdout goes: to ours, or to stderr where ours is for data.
 */
export async function runForeground(
  command: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
  output: 'stdout' | 'stderr' = 'stdout',
): Promise<ExitCode> {
  const stdio = ['inherit', output === 'stdout' ? 'inherit' : process.stderr, 'inherit'] as const;
  const child = spawn(command, parameters, { stdio: [...stdio], env: environment });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  return code !== null && known.includes(code) ? (code as ExitCode) : exitCodes.failed;
}
