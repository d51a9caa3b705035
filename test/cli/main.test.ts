import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { buildProgram } from '../../cli/program';
import { helpOf, leavesOf, pathOf } from '../../cli/reference/cli-reference';
import { downOutput } from '../../contract/cli-output/machine';
import { useCompiledProject } from '../artifact-store/compiled-project';
import { smallest, useCampaignFolder } from '../config/campaign-folder';

const project = useCompiledProject(
  ...[
    'contract',
    'algorithm',
    'model-server',
    'artifact-store',
    'activities',
    'workflows',
    'workers',
    'config',
    'report',
    'cli',
  ],
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

const verbs = leavesOf(buildProgram());

test('--help lists all commands by what they are for, and the exit codes', () => {
  const help = laser(['--help']);
  expect(help).toMatchObject({ status: 0, stderr: '' });
  for (const { name } of buildProgram().commands.map((command) => ({ name: command.name() }))) {
    expect(help.stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  }
  expect(help.stdout).toMatch(/^Steering:$/m);
  expect(help.stdout).toMatch(/0 done, 1 failed, 2 wrong usage, 3 .*, 130 interrupted/);
});

test('--help comes at once: little after Node itself, under 300 ms', () => {
  const node = () => {
    const started = process.hrtime.bigint();
    spawnSync(process.execPath, ['-e', '0']);
    return Number(process.hrtime.bigint() - started) / 1e6;
  };
  const [bare, help] = [Infinity, Infinity];
  const fastest = [1, 2, 3, 4, 5].reduce(
    (best) => ({ bare: Math.min(best.bare, node()), help: Math.min(best.help, laser(['--help']).milliseconds) }),
    { bare, help },
  );
  // 300 ms where Node alone takes the usual 40; a loaded machine slows both down.
  expect(fastest.help).toBeLessThan(Math.max(300, 7.5 * fastest.bare));
});

test.each(verbs.map((verb) => [pathOf(verb), verb] as const))('laser %s --help has an example', (path, verb) => {
  expect(helpOf(verb)).toMatch(new RegExp(`Examples?:\\n(.*\\n)*?.*laser ${path}\\b`));
  for (const { description } of [...verb.options, ...verb.registeredArguments]) expect(description).not.toBe('');
});

test.each<[string, string[], RegExp]>([
  ['an unknown command', ['rnu'], /unknown command 'rnu'[\s\S]*Did you mean run\?/],
  ['a missing argument', ['run'], /missing required argument 'file'[\s\S]*laser --help/],
  ['a seed that is none', ['run', 'x.yaml', '--seed', '1.5'], /--seed.*1\.5.*whole number/],
  ['an unknown option', ['status', '--jsno'], /unknown option '--jsno'[\s\S]*--json/],
  ['an unknown kind of worker', ['worker', 'gpu'], /'gpu' is invalid.*control, generate, score, train/],
  ['an argument too many', ['pause', 'a', 'b'], /too many arguments/],
  ['a preset that is none', ['init', '--preset', 'smol'], /'smol' is invalid.*quickstart, ci/],
  ['an accuracy over 1', ['status', '--min-accuracy', '70'], /--min-accuracy.*'70'.*from 0 to 1/],
  ['a campaign and filters', ['status', 'small', '--phase', 'paused'], /^Filters choose from the list/],
  ['a setting that is none', ['set', 'small', 'alhpa=1'], /sets nothing that can change\. Did you mean "alpha"\?/],
  ['a setting out of bounds', ['set', 'small', 'prefetchRounds=65'], /^prefetchRounds: /],
  ['a setting that is no number', ['set', 'small', 'alpha=x'], /^alpha: /],
  ['a setting given twice', ['set', 'small', 'alpha=1', 'alpha=2'], /^alpha is set twice/],
  ['no settings', ['set', 'small'], /missing required argument 'settings'/],
  ['an action on reward models that is none', ['rm', 'ad', 'small'], /unknown command 'ad'[\s\S]*Did you mean add\?/],
  [
    'a reward model file that is not there',
    ['rm', 'add', 'small', 'absent.yaml'],
    /^absent\.yaml: there is no such file/,
  ],
  ['an artifact that is none', ['show', 'quickstart'], /names nothing that can be shown/],
  ['a prefix that is too short', ['show', '3f9a21c'], /first 8 digits or more/],
  ['an artifact that is not there', ['show', '0123456789'], /^No artifact in .* begins with 0123456789/],
  ['a round that is none', ['explain', 'small', '--round', '12'], /"12" is no round; give iteration\/round/],
  ['no round', ['explain', 'small'], /required option '--round/],
  ['a format that is none', ['report', 'small', '--format', 'md,pdf'], /^"pdf" is no format .* html, md, json/],
  ['no folder to export to', ['export', 'small'], /required option '--out/],
  ['a folder that is not empty', ['export', 'small', '--out', '.'], /^\. is not empty/],
  ['a precision without merging', ['export', 'small', '--out', 'x', '--dtype', 'float32'], /^--dtype is for merged/],
  ['an age that is none', ['gc', '--older-than', 'old'], /^--older-than old is no duration/],
  ['no questions', ['models', 'smollm2'], /required option '--questions/],
  ['a public set that is none', ['data', 'prepare', 'gsm9k', '--out', 'x'], /'gsm9k' is invalid.*gsm8k, strategyqa/],
  ['no folder for the data', ['data', 'prepare', 'gsm8k'], /required option '--out/],
  [
    'a share over 1',
    ['data', 'prepare', 'gsm8k', '--out', 'x', '--held-out-share', '2'],
    /--held-out-share.*from 0 to 1/,
  ],
  ['a shell that is none', ['completion', 'tcsh'], /'tcsh' is invalid.*bash, zsh, fish/],
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
  ...[
    ['pause', 'small'],
    ['stop', 'small', '--now'],
    ['rm', 'mask', 'small', 'rm-one'],
    ['watch', 'small'],
    ['show', 'small/1/1'],
    ['replay', 'small'],
    ['export', 'small', '--out', 'x'],
    ['gc'],
  ].map((args): [string, string[], NodeJS.ProcessEnv, RegExp] => [
    'nothing runs',
    args,
    {},
    /^Nothing is running: .*laser up/,
  ]),
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

test('laser down says so if nothing runs, and that is no failure', () => {
  expect(laser(['down'])).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^Nothing runs for /) });
  const { stopped, pid } = downOutput.parse(JSON.parse(laser(['down', '--json']).stdout));
  expect({ stopped, pid }).toEqual({ stopped: false, pid: null });
});

test('a reader that has seen enough is no error', () => {
  const program = `${JSON.stringify(process.execPath)} ${JSON.stringify(join(project(), 'cli/main.js'))}`;
  const { status, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${program} completion fish | head -1`], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('a detached run needs something that goes on after it', () => {
  const file = folder.put('campaign.yaml', stringify(smallest));
  const outcome = laser(['run', file, '--detach']);
  expect(outcome.status).toBe(3);
  expect(outcome.stderr).toMatch(
    /^Nothing runs here that could go on with the campaign after --detach\. Start it with `laser up/,
  );
});
