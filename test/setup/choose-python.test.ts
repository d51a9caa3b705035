import { join } from 'node:path';
import { runModule, writeScript } from './run-module';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();

/** A command that answers as a Python of this version does. */
function install(name: string, version: string): string {
  return writeScript(join(folder(), name), `echo /real/${name}`, `echo ${version}`);
}

function choose(env: NodeJS.ProcessEnv = {}) {
  return runModule('choose-python.mjs', 'm.choosePython()', { env: { PATH: folder(), LASER_PYTHON: '', ...env } });
}

test('takes 3.11, which the lock was resolved for, before newer ones', () => {
  install('python3.13', '3.13.0');
  install('python3.11', '3.11.7');
  install('python3', '3.12.1');
  expect(choose().value).toEqual({ executable: '/real/python3.11', version: '3.11.7' });
});

test('passes over a command that is there and does not run', () => {
  writeScript(join(folder(), 'python3.11'), 'echo "pyenv: python3.11: command not found" >&2', 'exit 127');
  install('python3', '3.14.2');
  expect(choose().value).toEqual({ executable: '/real/python3', version: '3.14.2' });
});

test('says what it found when all are too old', () => {
  install('python3', '3.10.13');
  install('python', '2.7.18');
  const { status, stderr } = choose();
  expect(status).toBe(3);
  expect(stderr).toBe(
    'Python 3.11 or newer is needed; on PATH python3 is 3.10.13, python is 2.7.18. Install one, or name it in LASER_PYTHON.\n',
  );
});

test('says when there is none', () => {
  expect(choose().stderr).toContain('none was found');
});

test('LASER_PYTHON decides alone', () => {
  install('python3.11', '3.11.7');
  const own = install('own-python', '3.12.4');
  expect(choose({ LASER_PYTHON: own }).value).toEqual({ executable: '/real/own-python', version: '3.12.4' });
  const old = install('old-python', '3.9.1');
  expect(choose({ LASER_PYTHON: old }).stderr).toContain('is Python 3.9.1; 3.11 or newer is needed');
  expect(choose({ LASER_PYTHON: join(folder(), 'absent') })).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('is not a Python that runs'),
  });
});

test('asks a real interpreter', () => {
  const found = runModule('choose-python.mjs', 'm.choosePython()', { env: { LASER_PYTHON: '' } });
  expect(found.value).toMatchObject({ version: expect.stringMatching(/^3\.\d+\.\d+$/) });
});
