import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const temporalVersion = '1.5.1';
export const uvVersion = '0.13.9';

/** Every place the set-up reads or writes, for a checkout at `root`. */
export function pathsOf(root, environment = process.env) {
  const cache = environment.XDG_CACHE_HOME || join(homedir(), '.cache');
  const home = environment.LASER_HOME ? resolve(environment.LASER_HOME) : join(root, '.laser');
  return {
    root,
    packageLock: join(root, 'package-lock.json'),
    nodeModules: join(root, 'node_modules'),
    nodeBin: join(root, 'node_modules', '.bin'),
    dist: join(root, 'dist'),
    python: join(root, 'python'),
    pythonLock: join(root, 'python', 'requirements.lock'),
    venv: join(root, 'python', '.venv'),
    venvPython: join(root, 'python', '.venv', 'bin', 'python'),
    temporalFolder: join(cache, 'laser', `temporal-${temporalVersion}`),
    logs: join(home, 'logs', 'setup'),
    lock: join(home, 'setup.lock'),
    testResults: join(home, 'test-results'),
  };
}

export const project = pathsOf(resolve(fileURLToPath(new URL('..', import.meta.url))));
