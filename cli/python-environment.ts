import { join } from 'node:path';
import { projectRoot } from '../workers/embedded/project-root';

/** The process environment with the project's Python code on its path. */
export function pythonEnvironment(): NodeJS.ProcessEnv {
  return { OMP_NUM_THREADS: '1', ...process.env, PYTHONPATH: join(projectRoot, 'python', 'src') };
}
