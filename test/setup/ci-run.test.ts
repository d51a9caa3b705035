import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();

/** Runs .ci/run where the checks exit with one code, and the tests with the other after writing their totals. */
function runCi(checks: number, tests: number, totals: string | null) {
  mkdirSync(join(folder(), '.ci'), { recursive: true });
  mkdirSync(join(folder(), 'setup'), { recursive: true });
  cpSync(join(__dirname, '../../.ci/run'), join(folder(), '.ci/run'));
  writeFileSync(join(folder(), 'setup/check.mjs'), `process.exitCode = ${checks};`);
  writeFileSync(
    join(folder(), 'setup/test.mjs'),
    `import { mkdirSync, writeFileSync } from 'node:fs';
     process.exitCode = ${tests};
     const totals = ${JSON.stringify(totals)};
     mkdirSync('.laser/test-results', { recursive: true });
     if (totals !== null) writeFileSync('.laser/test-results/totals.txt', totals + '\\n');`,
  );
  const { LASER_HOME: _, ...env } = process.env;
  const { status, stdout } = spawnSync(join(folder(), '.ci/run'), { encoding: 'utf8', cwd: '/', env });
  return { status, last: stdout.trimEnd().split('\n').at(-1) };
}

test.each([
  ['all is well', 0, 0, '9 passed, 0 failed', 0],
  ['a check fails and the tests pass', 1, 0, '9 passed, 0 failed', 1],
  ['a test fails', 0, 1, '8 passed, 1 failed', 1],
])('%s', (_, checks, tests, totals, status) => {
  expect(runCi(checks, tests, totals)).toEqual({ status, last: totals });
});

test('a set-up that fails before any test leaves the totals of no earlier run', () => {
  runCi(0, 0, '9 passed, 0 failed');
  expect(runCi(3, 3, null)).toEqual({ status: 1, last: '0 passed, 1 failed' });
});
