import { spawnSync } from 'node:child_process';
import { SetupError } from './setup-error.mjs';

const oldest = [3, 11];
/** 3.11 first: the lock was resolved for it. */
const commands = ['python3.11', 'python3.12', 'python3.13', 'python3', 'python'];
const question = 'import sys; print(sys.executable); print("%d.%d.%d" % sys.version_info[:3])';

/**
 * The Python to build the virtual environment with, as { executable, version }. LASER_PYTHON decides alone where it is set.
 * Candidates are run, not just found: version managers put commands on PATH that only print an error.
 */
export function choosePython(environment = process.env, ask = askPython) {
  if (environment.LASER_PYTHON) {
    const chosen = ask(environment.LASER_PYTHON);
    if (chosen === null) throw new SetupError(`LASER_PYTHON=${environment.LASER_PYTHON} is not a Python that runs.`);
    if (isTooOld(chosen.version))
      throw new SetupError(
        `LASER_PYTHON=${environment.LASER_PYTHON} is Python ${chosen.version}; 3.11 or newer is needed.`,
      );
    return chosen;
  }
  const found = [];
  for (const command of commands) {
    const python = ask(command);
    if (python === null) continue;
    if (!isTooOld(python.version)) return python;
    found.push(`${command} is ${python.version}`);
  }
  const seen = found.length === 0 ? 'none was found' : found.join(', ');
  throw new SetupError(`Python 3.11 or newer is needed; on PATH ${seen}. Install one, or name it in LASER_PYTHON.`);
}

export function askPython(command) {
  const { status, stdout } = spawnSync(command, ['-c', question], { encoding: 'utf8', timeout: 20_000 });
  const [executable, version] = (stdout ?? '').trim().split('\n');
  return status === 0 && version !== undefined ? { executable, version } : null;
}

export function isTooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}
