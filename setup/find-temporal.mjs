import { join } from 'node:path';
import { findExecutable, isExecutable } from './find-executable.mjs';
import { SetupError } from './setup-error.mjs';

/** The Temporal CLI that is there: LASER_TEMPORAL_CLI, which decides alone, else PATH, else our cache; null for none. */
export function findTemporal(paths, environment = process.env) {
  const named = environment.LASER_TEMPORAL_CLI;
  if (named) {
    if (!isExecutable(named)) throw new SetupError(`LASER_TEMPORAL_CLI=${named} is not an executable file.`);
    return named;
  }
  const cached = join(paths.temporalFolder, 'temporal');
  return findExecutable('temporal', environment.PATH) ?? (isExecutable(cached) ? cached : null);
}
