import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { SetupError } from './setup-error.mjs';

const lingerMs = 30_000;
const pollMs = 500;

/**
 * Runs a command on this terminal, without input, and resolves to its exit code. Ctrl-C reaches it directly;
 * we wait for it to end. Once `isFinished()` says that its work is done it has 30 s to exit, then it is killed (code 137):
 * a test that leaves something running must not keep CI waiting for ever. With `outputFile` it writes there instead, so
 * that two can run side by side.
 */
export async function runVisibly(command, args, { cwd, env, isFinished = () => false, outputFile }) {
  const output = outputFile === undefined ? 'inherit' : openSync(outputFile, 'w');
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', output, output] });
  const wait = () => undefined;
  const end = () => child.kill('SIGTERM');
  process.on('SIGINT', wait);
  process.on('SIGTERM', end);
  const stopWatching = killWhenLingering(child, isFinished);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', (error) => reject(new SetupError(`Cannot start ${command}: ${error.message}`)));
      child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 130)));
    });
  } finally {
    if (outputFile !== undefined) closeSync(output);
    stopWatching();
    process.off('SIGINT', wait);
    process.off('SIGTERM', end);
  }
}

function killWhenLingering(child, isFinished) {
  let finishedAt = Infinity;
  const timer = setInterval(() => {
    if (finishedAt === Infinity && isFinished()) finishedAt = Date.now();
    if (Date.now() - finishedAt > lingerMs) child.kill('SIGKILL');
  }, pollMs);
  return () => clearInterval(timer);
}
