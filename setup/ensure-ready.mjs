import { ensureBuild } from './ensure-build.mjs';
import { ensureNodeModules } from './ensure-node-modules.mjs';
import { ensurePython } from './ensure-python.mjs';
import { ensureTemporal } from './ensure-temporal.mjs';

/**
 * Everything a campaign on this machine needs, in the order of need. Resumable, and silent when nothing is to do.
 * A Temporal server that runs elsewhere (TEMPORAL_ADDRESS) makes the CLI unnecessary; the CLI's path is passed on otherwise.
 */
export async function ensureReady(paths, environment = process.env) {
  await ensureNodeModules(paths);
  await ensureBuild(paths);
  if (!environment.TEMPORAL_ADDRESS) environment.LASER_TEMPORAL_CLI = await ensureTemporal(paths);
  await ensurePython(paths);
}
