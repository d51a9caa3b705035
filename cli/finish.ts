import type { ExitCode } from './command-error';

/** Ends the process as a command has ended, once what it printed is out: a pipe that is read slowly takes it in pieces. */
export async function finish(command: Promise<ExitCode>): Promise<void> {
  const code = await command;
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(code);
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
