import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseCalendar } from '../../cli/schedule/parse-calendar';
import { parseDuration } from '../../cli/schedule/parse-duration';
import { timingOfFlags } from '../../cli/schedule/timing-of-flags';
import { useCompiledProject } from '../artifact-store/compiled-project';
import { useCampaignFolder } from '../config/campaign-folder';

const project = useCompiledProject(
  ...['contract', 'algorithm', 'model-server', 'artifact-store', 'activities', 'workflows', 'workers', 'config', 'cli'],
);
const folder = useCampaignFolder();

function laser(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(project(), 'cli/main.js'), 'schedule', ...args],
    {
      encoding: 'utf8',
      cwd: folder.path(),
      env: { PATH: process.env['PATH'], HOME: folder.path(), LASER_HOME: folder.path('home'), NO_COLOR: '1' },
    },
  );
  return { status, stdout, stderr };
}

test('--help lists the verbs, and says that a worker must run', () => {
  const { status, stdout } = laser('--help');
  expect(status).toBe(0);
  for (const verb of ['create', 'list', 'describe', 'pause', 'unpause', 'trigger', 'backfill', 'update', 'delete']) {
    expect(stdout).toMatch(new RegExp(`^  ${verb}\\b`, 'm'));
  }
  expect(stdout).toMatch(/keep `laser up <file>` running/);
});

test.each<[string, string[], RegExp]>([
  ['no time', ['create', 'nightly', 'campaign.yaml'], /Give --cron, --calendar or --every/],
  ['an id with a blank', ['create', 'every night', 'x.yaml', '--cron', '@daily'], /The id "every night" must be/],
  ['no campaign file', ['create', 'nightly', 'absent.yaml', '--cron', '@daily'], /absent\.yaml: there is no such file/],
  ['no duration', ['create', 'nightly', 'x.yaml', '--every', 'often'], /--every often is no duration.*30s, 10m/],
  [
    'an overlap policy that is none',
    ['trigger', 'nightly', '--overlap', 'all'],
    /Allowed choices are skip, buffer-one/,
  ],
  ['a calendar that is none', ['create', 'n', 'x.yaml', '--calendar', 'weekday=MON'], /"weekday=MON".*dayOfWeek/],
  [
    'a time that is none',
    ['backfill', 'nightly', '--from', 'monday', '--to', '2026-01-01'],
    /--from monday is no time/,
  ],
  ['times the wrong way round', ['backfill', 'n', '--from', '2026-01-02', '--to', '2026-01-01'], /exchange them/],
])('%s is wrong usage: exit code 2', (_, args, message) => {
  const outcome = laser(...args);
  expect(outcome).toMatchObject({ status: 2, stdout: '' });
  expect(outcome.stderr).toMatch(message);
});

test('the data of a schedule is looked at before it is made, unless it depends on the time', () => {
  const create = (train: string) =>
    laser('create', 'n', folder.putCampaign({ data: { train, heldOut: 'held-out.jsonl' } }), '--cron', '@daily');
  expect(create('absent.jsonl')).toMatchObject({ status: 2, stderr: expect.stringContaining('absent.jsonl') });
  expect(create('{date}.jsonl')).toMatchObject({ status: 3, stderr: expect.stringMatching(/^Nothing is running/) });
});

test('a calendar in words', () => {
  expect(parseCalendar('dayOfWeek=mon-FRIDAY,sun hour=3,8-18/2 minute=*')).toEqual({
    dayOfWeek: [
      { start: 'MONDAY', end: 'FRIDAY', step: 1 },
      { start: 'SUNDAY', end: 'SUNDAY', step: 1 },
    ],
    hour: [
      { start: 3, end: 3, step: 1 },
      { start: 8, end: 18, step: 2 },
    ],
    minute: '*',
    comment: 'dayOfWeek=mon-FRIDAY,sun hour=3,8-18/2 minute=*',
  });
  for (const wrong of ['hour', 'hour=3:30', 'month=13', 'dayOfWeek=MO', 'hour=1-', 'minute=*/5']) {
    expect(() => parseCalendar(wrong)).toThrow(/not understood/);
  }
});

test('durations', () => {
  expect(['30s', '10m', '6h', '1d', '2w'].map((text) => parseDuration('--every', text) / 1000)).toEqual([
    ...[30, 600, 21600, 86400, 1209600],
  ]);
});

test('flags that are not given set nothing', () => {
  expect(timingOfFlags({})).toEqual({ times: {}, spec: {}, policies: {} });
  expect(timingOfFlags({ cron: ['0 3 * * *'], overlap: 'buffer-one', pauseOnFailure: false, jitter: '1m' })).toEqual({
    times: { cronExpressions: ['0 3 * * * # 0 3 * * *'] },
    spec: { jitter: 60_000 },
    policies: { overlap: 'BUFFER_ONE', pauseOnFailure: false },
  });
});
