import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { askPython, choosePython, isTooOld } from './choose-python.mjs';
import { isExecutable } from './find-executable.mjs';
import { uvVersion } from './paths.mjs';
import { runLogged } from './run-logged.mjs';
import { runStep } from './run-step.mjs';
import { SetupError } from './setup-error.mjs';
import { hashFiles, stampMatches, writeStamp } from './stamp.mjs';

const title = 'Python packages';
const imported = ['laser.server.run', 'laser.trainer.resident_trainer', 'laser.trainer.worker', 'peft', 'math_verify'];

/**
 * python/.venv with exactly the packages of python/requirements.lock, each checked against its hash, and the byte code of
 * what every process imports: without it, each start of torch and transformers compiles 2,700 files anew.
 */
export async function ensurePython(paths) {
  const stamp = join(paths.venv, '.laser-stamp');
  const wanted = hashFiles([paths.pythonLock], () => 'requirements.lock with byte code');
  await runStep({
    title,
    detail: 'torch is large: the first time takes minutes',
    lock: paths.lock,
    isDone: () => stampMatches(stamp, wanted) && isExecutable(paths.venvPython),
    work: async () => {
      rmSync(stamp, { force: true });
      const run = (command, args) =>
        runLogged(command, args, { title, logFile: join(paths.logs, 'python.log'), cwd: paths.python });
      if (!isUsable(paths.venvPython)) await createVenv(paths, run);
      const uv = await findUv(paths, run);
      await run(uv, ['pip', 'install', '--python', paths.venvPython, '--require-hashes', '-r', paths.pythonLock]);
      await compileImports(paths);
      writeStamp(stamp, wanted);
    },
  });
}

function compileImports(paths) {
  const { PYTHONDONTWRITEBYTECODE: _, ...env } = process.env;
  return runLogged(paths.venvPython, ['-c', `import ${imported.join(', ')}`], {
    title,
    logFile: join(paths.logs, 'python.log'),
    env: { ...env, PYTHONPATH: join(paths.python, 'src') },
  });
}

function isUsable(venvPython) {
  const python = askPython(venvPython);
  return python !== null && !isTooOld(python.version);
}

async function createVenv(paths, run) {
  const python = choosePython();
  const existing = existsSync(paths.venv) ? ['--clear'] : [];
  if (hasUv()) return run('uv', ['venv', '--python', python.executable, ...existing, paths.venv]);
  try {
    return await run(python.executable, ['-m', 'venv', ...existing, paths.venv]);
  } catch (error) {
    if (error.name !== 'SetupError') throw error;
    throw new SetupError(`${error.message}\n${noVenvAdvice(python)}`);
  }
}

export function noVenvAdvice({ executable, version }) {
  return (
    `${executable} (Python ${version}) cannot make a virtual environment. Install uv (docs.astral.sh/uv), ` +
    'or on Debian and Ubuntu the package python3-venv, or name another Python in LASER_PYTHON.'
  );
}

/** uv from PATH where it runs, else a pinned one inside the environment itself. */
async function findUv(paths, run) {
  if (hasUv()) return 'uv';
  const own = join(paths.venv, 'bin', 'uv');
  if (isExecutable(own)) return own;
  await run(paths.venvPython, ['-m', 'ensurepip']);
  await run(paths.venvPython, ['-m', 'pip', 'install', `uv==${uvVersion}`]);
  return own;
}

function hasUv() {
  return spawnSync('uv', ['--version']).status === 0;
}
