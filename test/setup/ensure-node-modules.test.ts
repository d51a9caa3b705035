import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runModule, setupFolder, writeScript } from './run-module';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();

/** Runs the step with an npm that counts its calls and then does what `lines` say. */
function ensure(...lines: string[]) {
  writeScript(join(folder(), 'bin', 'npm'), `echo "$@" >> ${folder()}/calls`, ...lines);
  const paths = `(await import(${JSON.stringify(`file://${setupFolder}/paths.mjs`)})).pathsOf(${JSON.stringify(folder())}, {})`;
  return runModule('ensure-node-modules.mjs', `m.ensureNodeModules(${paths})`, {
    env: { PATH: `${folder()}/bin:${process.env['PATH']}` },
  });
}

const calls = () => readFileSync(join(folder(), 'calls'), 'utf8').trim().split('\n');
const install = `mkdir -p ${'$PWD'}/node_modules`;

beforeEach(() => writeFileSync(join(folder(), 'package-lock.json'), '{"lockfileVersion":3}'));

test('installs once, with a line before and after, and is silent from then on', () => {
  const first = ensure(install);
  expect(first.status).toBe(0);
  expect(first.stderr).toMatch(/^Node packages \(npm ci\) …\nNode packages: done in \d+\.\d s\n$/);
  expect(ensure(install)).toMatchObject({ status: 0, stderr: '' });
  expect(calls()).toEqual(['ci --include=dev']);
});

test('installs again when the lock changes', () => {
  ensure(install);
  writeFileSync(join(folder(), 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}');
  ensure(install);
  expect(calls()).toHaveLength(2);
});

test('installs again after a failure, which leaves no stamp', () => {
  const failed = ensure(install, 'echo "E404 not in this registry"', 'exit 1');
  expect(failed.status).toBe(3);
  expect(failed.stderr).toContain('exited with code 1');
  expect(failed.stderr).toContain('  E404 not in this registry');
  expect(existsSync(join(folder(), 'node_modules', '.laser-stamp'))).toBe(false);
  expect(ensure(install).status).toBe(0);
  expect(calls()).toHaveLength(2);
});
