import { constants } from 'node:os';

const environmentFault = 3;

/** Runs a program whose result is its exit code, if it has one: 3 where the environment is at fault, 130 when interrupted. */
export async function runMain(main) {
  try {
    const code = await main();
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    if (error.name === 'SetupInterrupted') {
      process.exitCode = 128 + constants.signals.SIGINT;
      return;
    }
    process.stderr.write(`${error.name === 'SetupError' ? error.message : error.stack}\n`);
    process.exitCode = environmentFault;
  }
}
