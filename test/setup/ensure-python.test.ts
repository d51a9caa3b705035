import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runModule, setupFolder, writeScript } from './run-module';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();

/** Runs the step with a uv and a Python, 3.11.7 by its answer, that write down what they are asked. */
function ensure() {
  const python = `${folder()}/python/.venv/bin/python`;
  const base = writeScript(
    join(folder(), 'bin', 'base-python'),
    `case "$2" in "import laser"*) echo "$PYTHONDONTWRITEBYTECODE|$PYTHONPATH|$2" >> ${folder()}/imports;; esac`,
    'echo /usr/bin/base-python',
    'echo 3.11.7',
  );
  writeScript(
    join(folder(), 'bin', 'uv'),
    `echo "$@" >> ${folder()}/calls`,
    `[ "$1" = venv ] || exit 0`,
    `mkdir -p ${folder()}/python/.venv/bin`,
    `cp ${base} ${python}`,
  );
  const paths = `(await import(${JSON.stringify(`file://${setupFolder}/paths.mjs`)})).pathsOf(${JSON.stringify(folder())}, {})`;
  return runModule('ensure-python.mjs', `m.ensurePython(${paths})`, {
    env: { PATH: `${folder()}/bin:${process.env['PATH']}`, LASER_PYTHON: base, PYTHONDONTWRITEBYTECODE: '1' },
  });
}

const calls = () =>
  readFileSync(join(folder(), 'calls'), 'utf8')
    .trim()
    .split('\n')
    .filter((call) => call !== '--version');
const venv = () => join(folder(), 'python', '.venv');
const installation = () =>
  `pip install --python ${venv()}/bin/python --require-hashes -r ${folder()}/python/requirements.lock`;

beforeEach(() => {
  mkdirSync(join(folder(), 'python'));
  writeFileSync(join(folder(), 'python', 'requirements.lock'), 'six==1.0 --hash=sha256:00');
});

test('makes the environment, installs the lock with its hashes, and is silent from then on', () => {
  const first = ensure();
  expect(first.status).toBe(0);
  expect(calls()).toEqual([`venv --python /usr/bin/base-python ${venv()}`, installation()]);
  expect(ensure()).toMatchObject({ status: 0, stderr: '' });
  expect(calls()).toHaveLength(2);
});

test('imports what every process imports with byte code written, whatever the environment says', () => {
  ensure();
  const [unset, path, imports] = readFileSync(join(folder(), 'imports'), 'utf8').trim().split('|');
  expect([unset, path]).toEqual(['', join(folder(), 'python', 'src')]);
  expect(imports).toMatch(/laser\.server\.run, .*peft/);
});

test('keeps an environment that runs, and installs into it when the lock changes', () => {
  ensure();
  writeFileSync(join(folder(), 'python', 'requirements.lock'), 'six==1.1 --hash=sha256:11');
  expect(ensure().status).toBe(0);
  expect(calls().slice(2)).toEqual([installation()]);
});

test('replaces an environment whose Python does not run any more', () => {
  ensure();
  writeScript(join(venv(), 'bin', 'python'), 'exit 1');
  writeFileSync(join(venv(), '.laser-stamp'), 'of another lock');
  expect(ensure().status).toBe(0);
  expect(calls().slice(2)).toEqual([`venv --python /usr/bin/base-python --clear ${venv()}`, installation()]);
  expect(existsSync(join(venv(), '.laser-stamp'))).toBe(true);
});
