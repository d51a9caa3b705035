import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runModule, setupFolder, writeScript } from './run-module';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();
const cache = () => join(folder(), 'cache', 'laser');
const cached = () => join(cache(), 'temporal-1.5.1', 'temporal');

/** A copy of the set-up without node_modules above it, so that its download fails at once and touches no network. */
function ensure(env: NodeJS.ProcessEnv = {}) {
  const copy = join(folder(), 'checkout', 'setup');
  if (!existsSync(copy)) cpSync(setupFolder, copy, { recursive: true });
  mkdirSync(join(folder(), 'bin'), { recursive: true });
  return runModule(
    'ensure-temporal.mjs',
    'import.meta && m.ensureTemporal((await import(PATHS)).project)'.replace(
      'PATHS',
      JSON.stringify(`file://${copy}/paths.mjs`),
    ),
    {
      folder: copy,
      env: {
        PATH: `${folder()}/bin:/usr/bin:/bin`,
        XDG_CACHE_HOME: join(folder(), 'cache'),
        LASER_TEMPORAL_CLI: '',
        LASER_HOME: join(folder(), 'home'),
        ...env,
      },
    },
  );
}

const installGo = (...lines: string[]) =>
  writeScript(join(folder(), 'bin', 'go'), `echo "$@" >> ${folder()}/calls`, ...lines);

test('LASER_TEMPORAL_CLI decides alone', () => {
  const named = writeScript(join(folder(), 'my-temporal'), 'exit 0');
  writeScript(join(folder(), 'bin', 'temporal'), 'exit 0');
  expect(ensure({ LASER_TEMPORAL_CLI: named })).toEqual({ status: 0, stderr: '', value: named });
  expect(ensure({ LASER_TEMPORAL_CLI: '/absent/temporal' })).toMatchObject({
    status: 3,
    stderr: 'LASER_TEMPORAL_CLI=/absent/temporal is not an executable file.\n',
  });
});

test('PATH goes before the cache, and the cache is enough', () => {
  writeScript(cached(), 'exit 0');
  expect(ensure().value).toBe(cached());
  const installed = writeScript(join(folder(), 'bin', 'temporal'), 'exit 0');
  expect(ensure()).toEqual({ status: 0, stderr: '', value: installed });
});

test('builds it with Go where it cannot be downloaded, and leaves nothing but the binary', () => {
  installGo('printf "#!/bin/sh\\n" > $GOBIN/temporal');
  mkdirSync(join(cache(), 'temporal-1.5.1.part-left-by-a-killed-set-up'), { recursive: true });
  const { status, stderr, value } = ensure();
  expect({ status, value }).toEqual({ status: 0, value: cached() });
  expect(stderr).toMatch(/^Temporal CLI 1\.5\.1 \(not found; getting one\) …\n/);
  expect(stderr).toContain('building it with Go');
  expect(readFileSync(join(folder(), 'calls'), 'utf8')).toBe(
    'install -v github.com/temporalio/cli/cmd/temporal@v1.5.1\n',
  );
  expect(readdirSync(cache())).toEqual(['temporal-1.5.1']);
  expect(ensure()).toEqual({ status: 0, stderr: '', value: cached() });
});

test('a build that fails leaves nothing behind', () => {
  installGo('echo half > $GOBIN/temporal', 'echo "no required module" >&2', 'exit 1');
  const { status, stderr } = ensure();
  expect(status).toBe(3);
  expect(stderr).toContain('no required module');
  expect(readdirSync(cache())).toEqual([]);
});

test('without Go the three ways out are named', () => {
  const { status, stderr } = ensure({ PATH: `${folder()}/bin` });
  expect(status).toBe(3);
  for (const way of ['TEMPORAL_ADDRESS', 'LASER_TEMPORAL_CLI', 'install Go']) expect(stderr).toContain(way);
});
