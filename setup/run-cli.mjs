import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureReady } from './ensure-ready.mjs';

const require = createRequire(import.meta.url);

/** Makes sure of the set-up, then becomes the laser command with these arguments: one process, so signals need no passing on. */
export async function runCli(paths, args) {
  await ensureReady(paths);
  const main = join(paths.dist, 'cli', 'main.js');
  process.argv = [process.execPath, main, ...args];
  require(main);
}
