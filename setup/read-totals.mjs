import { existsSync, readFileSync } from 'node:fs';

/** Totals of a jest --json report as { passed, failed, skipped }. A suite that could not run at all counts as one failure. */
export function readJestTotals(file) {
  if (!existsSync(file)) return null;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Totals of pytest's JUnit report. An error in a fixture or while collecting counts as a failure. */
export function readPytestTotals(file) {
  if (!existsSync(file)) return null;
  const suites = [...readFileSync(file, 'utf8').matchAll(/<testsuite\s([^>]*)>/g)].map(([, attributes]) => ({
    tests: attribute(attributes, 'tests'),
    failed: attribute(attributes, 'failures') + attribute(attributes, 'errors'),
    skipped: attribute(attributes, 'skipped'),
  }));
  return suites.reduce(
    (sum, { tests, failed, skipped }) => ({
      passed: sum.passed + tests - failed - skipped,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

function attribute(attributes, name) {
  return Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes)?.[1] ?? 0);
}

/**
 * The sum of several runners' results, each { totals, exitCode }. A runner that failed without reporting
 * a failed test (it crashed, or left no report) counts as one failure: the totals never look better than the exit codes.
 */
export function addTotals(results) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { totals, exitCode } of results) {
    const { passed, failed, skipped } = totals ?? { passed: 0, failed: 1, skipped: 0 };
    sum.passed += passed;
    sum.failed += exitCode === 0 ? failed : Math.max(failed, 1);
    sum.skipped += skipped;
  }
  return sum;
}

/** `12 passed, 0 failed`, with the skipped where there are any. */
export function formatTotals({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
