import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Environment } from '../../config/environment';
import { projectRoot } from './project-root';

export const temporalCliVersion = '1.5.1';

/** The temporal binary: named, on PATH, or where the set-up put it. @throws Error that says how to get one. */
export async function findTemporal(environment: Environment): Promise<string> {
  const { LASER_TEMPORAL_CLI: named, XDG_CACHE_HOME: cache } = environment;
  const candidates = [
    ...(named === undefined ? [] : [named]),
    ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'temporal')),
    join(cache, 'laser', `temporal-${temporalCliVersion}`, 'temporal'),
  ];
  const found = await firstExecutable(candidates);
  if (found === null) {
    throw new Error(
      'There is no `temporal` binary; run `npm start` once (it gets one), or set LASER_TEMPORAL_CLI to its path.',
    );
  }
  return found;
}

/** The Python of the project's environment. @throws Error that says how to make it. */
export async function findPython(): Promise<string> {
  const python = join(projectRoot, 'python', '.venv', 'bin', 'python');
  if ((await firstExecutable([python])) === null) {
    throw new Error(`The Python environment ${python} is missing; run \`npm start\` once, it makes it.`);
  }
  return python;
}

async function firstExecutable(candidates: readonly string[]): Promise<string | null> {
  for (const candidate of candidates) {
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      continue;
    }
  }
  return null;
}
