import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { useCompiledProject } from '../artifact-store/compiled-project';
import { smallest, useCampaignFolder } from '../config/campaign-folder';

const project = useCompiledProject(
  ...['contract', 'algorithm', 'model-server', 'artifact-store', 'activities', 'workflows', 'workers', 'config', 'cli'],
);
const folder = useCampaignFolder();

function laser(args: string[], environment: NodeJS.ProcessEnv = {}) {
  const started = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(project(), 'cli/main.js'), ...args], {
    encoding: 'utf8',
    cwd: folder.path(),
    env: {
      PATH: process.env['PATH'],
      HOME: folder.path(),
      LASER_HOME: folder.path('home'),
      NO_COLOR: '1',
      ...environment,
    },
  });
  return { status, stdout, stderr, milliseconds: Number(process.hrtime.bigint() - started) / 1e6 };
}

const nobody = { TEMPORAL_ADDRESS: '127.0.0.1:1' };

test('--help lists the commands, at once', () => {
  const help = laser(['--help']);
  expect(help).toMatchObject({ status: 0, stderr: '' });
  for (const command of ['run', 'up', 'status', 'watch', 'pause', 'resume', 'stop', 'doctor', 'worker', 'models']) {
    expect(help.stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
  }
  const fastest = Math.min(help.milliseconds, ...[1, 2, 3, 4].map(() => laser(['--help']).milliseconds));
  expect(fastest).toBeLessThan(300);
});

test.each<[string, string[], RegExp]>([
  ['an unknown command', ['rnu'], /unknown command 'rnu'[\s\S]*Did you mean run\?/],
  ['a missing argument', ['run'], /missing required argument 'file'[\s\S]*laser --help/],
  ['a seed that is none', ['run', 'x.yaml', '--seed', '1.5'], /--seed.*1\.5.*whole number/],
  ['an unknown option', ['status', '--jsno'], /unknown option '--jsno'[\s\S]*--json/],
  ['an unknown kind of worker', ['worker', 'gpu'], /'gpu' is invalid.*control, generate, score, train/],
  ['an argument too many', ['pause', 'a', 'b'], /too many arguments/],
  ['a file that is not there', ['run', 'absent.yaml'], /^absent\.yaml: there is no such file/],
])('%s is wrong usage: exit code 2', (_, args, message) => {
  const outcome = laser(args);
  expect(outcome).toMatchObject({ status: 2, stdout: '' });
  expect(outcome.stderr).toMatch(message);
});

test.each([['run'], ['up']])('laser %s refuses a campaign file with mistakes, by line, with exit code 2', (command) => {
  const file = folder.putCampaign({ iterations: 0, nmae: 'x' });
  const outcome = laser([command, file]);
  expect(outcome.status).toBe(2);
  expect(outcome.stderr.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/campaign\.yaml: iterations: /),
    expect.stringMatching(/campaign\.yaml: nmae is not a key here; did you mean "name"\?/),
  ]);
});

test('bad data is told by its own file and line', () => {
  folder.put('train.jsonl', '{"prompt":\n');
  const outcome = laser(['run', folder.putCampaign()]);
  expect(outcome.status).toBe(2);
  expect(outcome.stderr).toMatch(/train\.jsonl: line 1 is not JSON/);
});

test.each<[string, string[], NodeJS.ProcessEnv, RegExp]>([
  ['nothing runs', ['status'], {}, /^Nothing is running: .*laser up/],
  ['nothing runs', ['pause', 'small'], {}, /^Nothing is running: .*laser up/],
  [
    'the server does not answer',
    ['status', 'small'],
    nobody,
    /^The Temporal server 127\.0\.0\.1:1 does not answer .*TEMPORAL_ADDRESS/,
  ],
  ['a worker has no server', ['worker', 'control'], {}, /^TEMPORAL_ADDRESS is not set/],
  [
    'a variable is of no use',
    ['status'],
    { TEMPORAL_TLS: 'maybe' },
    /^The environment is not usable: TEMPORAL_TLS must be true or false/,
  ],
])('%s: laser %s ends with exit code 3 and one line', (_, args, environment, message) => {
  const outcome = laser(args, environment);
  expect(outcome).toMatchObject({ status: 3, stdout: '' });
  expect(outcome.stderr).toMatch(message);
  expect(outcome.stderr.trimEnd()).not.toContain('\n');
});

test('a detached run needs something that goes on after it', () => {
  const file = folder.put('campaign.yaml', stringify(smallest));
  const outcome = laser(['run', file, '--detach']);
  expect(outcome.status).toBe(3);
  expect(outcome.stderr).toMatch(
    /^Nothing runs here that could go on with the campaign after --detach\. Start it with `laser up/,
  );
});
