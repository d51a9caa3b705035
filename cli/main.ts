#!/usr/bin/env node
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { buildProgram } from './program';

// Whoever reads our output may have seen enough (`laser status | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done);
  throw error;
});

buildProgram()
  .parseAsync()
  .catch((error: unknown) => {
    const code = expectedExitCode(error);
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    process.stderr.write(`${code === null ? (stack ?? message) : message}\n`);
    process.exit(code ?? exitCodes.failed);
  });

/** Of an error whose message says all; null for one that nobody foresaw. By name: nothing is loaded to ask. */
function expectedExitCode(error: unknown): ExitCode | null {
  if (error instanceof CommandError) return error.exitCode;
  const { name } = error as Error;
  if (name === 'CampaignFileError') return exitCodes.usage;
  return name === 'EnvironmentError' ? exitCodes.environment : null;
}
