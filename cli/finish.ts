import type { ExitCode } from './command-error';

/** Ends the process as a command has ended. */
export async function finish(command: Promise<ExitCode>): Promise<void> {
  process.exit(await command);
}
