import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runModule } from './run-module';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();
const call = (expression: string) => runModule('read-totals.mjs', expression).value;

function written(name: string, text: string): string {
  const file = join(folder(), name);
  writeFileSync(file, text);
  return JSON.stringify(file);
}

test('counts of jest, a suite that cannot run among the failures', () => {
  const report = {
    numPassedTests: 12,
    numFailedTests: 2,
    numRuntimeErrorTestSuites: 1,
    numPendingTests: 3,
    numTodoTests: 1,
    numTotalTests: 18,
  };
  expect(call(`m.readJestTotals(${written('jest.json', JSON.stringify(report))})`)).toEqual({
    passed: 12,
    failed: 3,
    skipped: 4,
  });
});

test('counts of pytest, errors among the failures', () => {
  const xml =
    '<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="2" ' +
    'skipped="3" tests="20" time="1.5" hostname="h"><testcase classname="tests.test_a" name="test_tests=&quot;99&quot;" time="0.1" />' +
    '</testsuite></testsuites>';
  expect(call(`m.readPytestTotals(${written('pytest.xml', xml)})`)).toEqual({ passed: 14, failed: 3, skipped: 3 });
});

test('a report that is not there is no totals', () => {
  expect(call(`m.readJestTotals('/absent/jest.json')`)).toBeNull();
  expect(call(`m.readPytestTotals('/absent/pytest.xml')`)).toBeNull();
});

test.each<[string, { totals: object | null; exitCode: number }[], string]>([
  [
    'both pass',
    [
      { totals: { passed: 3, failed: 0, skipped: 0 }, exitCode: 0 },
      { totals: { passed: 4, failed: 0, skipped: 0 }, exitCode: 0 },
    ],
    '7 passed, 0 failed',
  ],
  [
    'some are skipped',
    [{ totals: { passed: 3, failed: 0, skipped: 2 }, exitCode: 0 }],
    '3 passed, 0 failed, 2 skipped',
  ],
  [
    'a runner crashes',
    [
      { totals: { passed: 3, failed: 0, skipped: 0 }, exitCode: 0 },
      { totals: null, exitCode: 134 },
    ],
    '3 passed, 1 failed',
  ],
  [
    'a runner fails without a failed test',
    [{ totals: { passed: 3, failed: 0, skipped: 0 }, exitCode: 1 }],
    '3 passed, 1 failed',
  ],
  ['tests fail', [{ totals: { passed: 3, failed: 5, skipped: 0 }, exitCode: 1 }], '3 passed, 5 failed'],
])('%s', (_, results, line) => {
  expect(call(`m.formatTotals(m.addTotals(${JSON.stringify(results)}))`)).toBe(line);
});
