import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureReady } from './ensure-ready.mjs';
import { ensureTemporal } from './ensure-temporal.mjs';
import { project } from './paths.mjs';
import { addTotals, formatTotals, readJestTotals, readPytestTotals } from './read-totals.mjs';
import { runMain } from './run-main.mjs';
import { runVisibly } from './run-visibly.mjs';

const reports = {
  jest: join(project.testResults, 'jest.json'),
  pytest: join(project.testResults, 'pytest.xml'),
  pytestOutput: join(project.testResults, 'pytest.log'),
  totals: join(project.testResults, 'totals.txt'),
};

/**
 * Both test suites side by side, jest's with the arguments given here; pytest's output follows when both have ended.
 * The last line printed is the totals of the two.
 */
await runMain(async () => {
  mkdirSync(project.testResults, { recursive: true });
  for (const report of Object.values(reports)) rmSync(report, { force: true });
  await ensureReady(project);
  const env = await testEnvironment();
  const [jest, pytest] = await Promise.all([runJest(env), runPytest(env)]);
  process.stdout.write(readFileSync(reports.pytestOutput, 'utf8'));
  const totals = addTotals([
    { totals: readJestTotals(reports.jest), exitCode: jest },
    { totals: readPytestTotals(reports.pytest), exitCode: pytest },
  ]);
  writeFileSync(reports.totals, `${formatTotals(totals)}\n`);
  process.stdout.write(`\n${formatTotals(totals)}\n`);
  return totals.failed === 0 ? 0 : 1;
});

/** Tests run their own Temporal servers, never the one a campaign is configured for; one thread a process keeps sums equal. */
async function testEnvironment() {
  const { TEMPORAL_ADDRESS: _, ...env } = process.env;
  return { ...env, LASER_TEMPORAL_CLI: await ensureTemporal(project), OMP_NUM_THREADS: '1' };
}

function runJest(env) {
  const args = ['--json', `--outputFile=${reports.jest}`, ...process.argv.slice(2)];
  return runVisibly(process.execPath, [join(project.nodeModules, 'jest', 'bin', 'jest.js'), ...args], {
    cwd: project.root,
    env,
    isFinished: () => existsSync(reports.jest),
  });
}

function runPytest(env) {
  return runVisibly(project.venvPython, ['-m', 'pytest', 'python/tests', `--junitxml=${reports.pytest}`], {
    cwd: project.root,
    env: { ...env, PYTHONPATH: join(project.python, 'src') },
    outputFile: reports.pytestOutput,
  });
}
