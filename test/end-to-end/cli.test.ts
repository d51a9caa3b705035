import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { differencesOf } from '../../cli/replay/differences-of';
import { cliOutputs } from '../../contract/cli-output';
import { watchLine } from '../../contract/cli-output/campaign';
import { upOutput } from '../../contract/cli-output/machine';
import { projectRoot } from '../../workers/embedded/project-root';
import { laserCommand } from './cli-world';
import { ciCampaign } from './running-campaign';

const models = join(projectRoot, 'models', 'quickstart');

describe('the laser command over one campaign', () => {
  let home: string;
  let command: ReturnType<typeof laserCommand>;
  let runtime: Awaited<ReturnType<typeof command.up>>;
  const file = (name: string) => join(home, name);
  const wrong = (stderr: RegExp) => ({ code: 2, stdout: '', stderr: expect.stringMatching(stderr) });
  const stateOf = async (id: string) => (await command.json('status', 'status', id)).state;
  const steered = async (schema: 'pause' | 'set' | 'rm-mask', ...args: string[]) =>
    (await command.json(schema, ...args, '--why', 'a test')).message;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'laser-cli-'));
    command = laserCommand(home);
    const gated = { name: 'gated', iterations: 1, roundsPerIteration: 2, approval: 'everyIteration' };
    const ci = parse((await readFile(ciCampaign, 'utf8')).replaceAll('../../models/quickstart', models)) as object;
    await writeFile(file('gated.yaml'), stringify({ ...ci, ...gated }));
    for (const id of ['rm-product', 'rm-reverse']) {
      await writeFile(file(`${id}.yaml`), stringify({ id, kind: 'classify', input: 'text', model: join(models, id) }));
    }
    await writeFile(file('wrong.yaml'), stringify({ id: 'wrong', kind: 'clasify' }));
    runtime = await command.up(ciCampaign, '--reward-model', file('rm-product.yaml'));
  }, 180_000);

  afterAll(async () => {
    runtime?.process.kill('SIGTERM');
    await runtime?.ended;
    await rm(home, { recursive: true, force: true });
  }, 60_000);

  it('up says what runs, and doctor finds every part of it well', async () => {
    expect(upOutput.parse(runtime.output)).toMatchObject({
      pid: runtime.process.pid,
      rewardModels: ['rm-sum', 'rm-sort', 'rm-noise', 'frozen-policy', 'rm-product'],
    });
    const findings = await command.json('doctor', 'doctor', ciCampaign);
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(findings.map(({ part }) => part)).toEqual(
      expect.arrayContaining(['Temporal server', 'Reward model rm-sort']),
    );
  }, 120_000);

  it('a running campaign is paused, changed and resumed; each answer says what happens and when', async () => {
    expect(await command.laser('run', ciCampaign, '--detach')).toMatchObject({ code: 0, stdout: '' });
    expect(await steered('pause', 'pause', 'ci')).toMatch(/pauses at the edge of the round/);
    expect(await command.laser('pause', 'ci')).toMatchObject(wrong(/is paused already/));
    expect(await steered('set', 'set', 'ci', 'alpha=0.5', 'learningRate=1e-4')).toMatch(/alpha = 0\.5.*next round/);
    expect(await steered('rm-mask', 'rm', 'mask', 'ci', 'rm-noise')).toContain('rm-noise');
    expect(await command.laser('rm', 'mask', 'ci', 'rm-niose')).toMatchObject(wrong(/Did you mean "rm-noise"\?/));
    await command.json('rm-unmask', 'rm', 'unmask', 'ci', 'rm-noise');
    await command.json('rm-remove', 'rm', 'remove', 'ci', 'frozen-policy');
    await command.json('rm-add', 'rm', 'add', 'ci', file('rm-product.yaml'));
    expect(await command.laser('rm', 'add', 'ci', file('wrong.yaml'))).toMatchObject(wrong(/wrong\.yaml: .*kind/));
    expect(await command.laser('rm', 'add', 'ci', file('rm-reverse.yaml'))).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/does not serve .*rm-reverse.*laser up <campaign file> --reward-model/),
    });
    expect(await command.laser('approve', 'ci')).toMatchObject(wrong(/no policy that waits/));
    expect(await stateOf('ci')).toMatchObject({ paused: true, settings: { alpha: 0.5, learningRate: 1e-4 } });
    expect((await stateOf('ci'))!.rewardModels.map(({ id, status }) => `${id} ${status}`)).toEqual([
      ...['rm-sum active', 'rm-sort active', 'rm-noise active', 'frozen-policy removed', 'rm-product active'],
    ]);
    expect((await stateOf('ci'))!.recentEvents).toContainEqual(
      expect.objectContaining({ type: 'settingsChanged', why: 'a test', by: expect.stringMatching(/./) }),
    );
    expect(await command.interrupted('watch', 'ci')).toBe(130);
    await command.json('resume', 'resume', 'ci');
    expect(await command.laser('resume', 'ci')).toMatchObject(wrong(/is not paused/));
  }, 120_000);

  it('it is watched as it goes: lines for people, objects for programs', async () => {
    const [people, programs] = await Promise.all([
      command.laser('watch', 'ci'),
      command.laser('watch', 'ci', '--json'),
    ]);
    expect(people).toMatchObject({ code: 0, stderr: '' });
    expect(people.stdout).not.toContain('\u001b');
    expect(people.stdout).toMatch(/^it 2 {2}round 4\/4 /m);
    const lines = programs.stdout
      .trimEnd()
      .split('\n')
      .map((line) => watchLine.parse(JSON.parse(line)));
    const rounds = lines.flatMap((line) =>
      line.type === 'round' ? [`${line.round.iteration}/${line.round.round}`] : [],
    );
    expect(rounds).toEqual(['1/1', '1/2', '1/3', '1/4', '2/1', '2/2', '2/3', '2/4']);
    expect(lines.at(-1)).toMatchObject({ type: 'end', result: { status: 'finished' } });
    expect(await command.laser('stop', 'ci')).toMatchObject(wrong(/does not run \(completed\)/));
  }, 120_000);

  it('what it did can be replayed, explained and shown, steered rounds and all', async () => {
    expect(await command.json('replay', 'replay', 'ci')).toEqual({ campaignId: 'ci', decisions: 8, differences: [] });
    const explained = await command.json('explain', 'explain', 'ci', '--round', '2/3');
    const [decision] = explained.decisions;
    expect(decision!.arms.map(({ armId }) => armId)).toEqual(['rm-sum', 'rm-sort', 'rm-noise', 'rm-product']);
    expect(decision!.nearest.map(({ cosine }) => cosine)).toEqual(
      decision!.nearest.map(({ cosine }) => cosine).toSorted((left, right) => right - left),
    );
    expect(await command.laser('explain', 'ci', '--round', '2/9')).toMatchObject(wrong(/It has 1\/1 to 2\/4/));

    const shown = await command.json('show-round', 'show', 'ci/2/3');
    expect(shown.prompts).toHaveLength(8);
    const { rewardModelId } = decision!;
    for (const { completions, pairs } of shown.prompts) {
      const scores = new Map(completions.map(({ text, scores: all }) => [text, all[rewardModelId]]));
      for (const pair of pairs) expect(scores.get(pair.chosen)).toBeGreaterThan(scores.get(pair.rejected)!);
    }
    const text = (await command.laser('show', 'laser-ci/it-02/3')).stdout;
    expect(text).toMatch(/iteration 2, round 3/);
    expect(text).toMatch(new RegExp(`${rewardModelId} .*asked, propensity`));

    const { sha256 } = shown.round.adapter!;
    const bundle = await command.json('show-artifact', 'show', sha256.slice(0, 12));
    expect(bundle.content).toMatchObject({ type: 'bundle', files: { 'adapter_model.safetensors': {} } });
    const weights = bundle.content.type === 'bundle' ? bundle.content.files['adapter_model.safetensors']! : null;
    expect((await command.json('show-artifact', 'show', weights!.sha256)).content).toMatchObject({
      type: 'safetensors',
    });

    const recorded = shown.round.decisions[0]!;
    expect(differencesOf(recorded, recorded)).toEqual([]);
    expect(differencesOf({ ...recorded, propensity: 0.5 }, recorded)).toEqual([
      { what: 'the propensity', recorded: 0.5, recomputed: 1 },
    ]);
  }, 120_000);

  it('a policy that waits is approved; a campaign is stopped at once, and goes on', async () => {
    await command.laser('run', file('gated.yaml'), '--detach');
    const isAt = async (phase: string) => {
      while ((await stateOf('gated'))?.phase !== phase) await delay(500);
    };
    await isAt('awaitingApproval');
    expect(await command.json('status-list', 'status', '--phase', 'awaitingApproval')).toMatchObject([
      { campaignId: 'gated', iteration: 0 },
    ]);
    expect((await command.json('approve', 'approve', 'gated', '--why', 'looks good')).campaignId).toBe('gated');
    expect(await command.laser('watch', 'gated')).toMatchObject({ code: 0 });

    await command.laser('run', ciCampaign, '--seed', '2', '--detach');
    await command.json('stop', 'stop', 'ci-seed-2', '--now', '--why', 'wrong seed');
    expect((await command.laser('watch', 'ci-seed-2')).code).toBe(0);
    expect((await command.json('status', 'status', 'ci-seed-2')).result).toMatchObject({ status: 'stopped' });
  }, 180_000);

  it('campaigns are found by id, phase, accuracy and way of selecting', async () => {
    const ids = async (...args: string[]) =>
      (await command.json('status-list', 'status', ...args)).map(({ campaignId }) => campaignId).sort();
    expect(await ids('--all')).toEqual(['ci', 'ci-seed-2', 'gated']);
    expect(await ids('--campaign', 'ci')).toEqual(['ci', 'ci-seed-2']);
    expect(await ids('--phase', 'finished', '--selection', 'laser')).toEqual(['ci', 'gated']);
    expect(await ids('--phase', 'stopped')).toEqual(['ci-seed-2']);
    expect(await ids('--min-accuracy', '0.2', '--phase', 'finished')).toEqual(['ci', 'gated']);
    expect(await ids('--min-accuracy', '0.99')).toEqual([]);
    expect((await command.laser('status')).stdout).toMatch(/│ gated +│ completed │ finished/);
    expect(await command.laser('status', 'gatde')).toMatchObject(wrong(/Did you mean "gated"\?/));
    expect(await command.laser('status', '--phase', "x' OR '1")).toMatchObject(wrong(/quotation mark/));
  }, 60_000);

  it('a campaign is reported: steered, stopped or waited for, as JSON or as the files one asks for', async () => {
    const steeredReport = await command.json('report', 'report', 'ci');
    expect(steeredReport).toMatchObject({ status: 'finished', progress: { iterationsDone: 2, rounds: 8 } });
    expect(steeredReport.rewardModels.map(({ rewardModelId, status }) => `${rewardModelId} ${status}`)).toEqual([
      ...['rm-sum active', 'rm-sort active', 'rm-noise active', 'frozen-policy removed', 'rm-product active'],
    ]);
    expect(steeredReport.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['paused', 'settingsChanged', 'rewardModelRemoved', 'resumed', 'finished']),
    );
    expect(steeredReport.events.find(({ type }) => type === 'paused')).toMatchObject({ why: 'a test' });
    expect(steeredReport.accuracy.paired).toMatchObject({ from: 0, to: 2 });
    expect(steeredReport.lineage.policies.map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    expect(await command.json('report', 'report', 'ci-seed-2')).toMatchObject({ status: 'stopped', failure: null });

    const out = file('reports');
    expect(await command.laser('report', 'gated', '--out', out, '--format', 'md')).toMatchObject({ code: 0 });
    expect(await readdir(out)).toEqual(['report.md']);
    expect(await command.laser('report', 'gatde')).toMatchObject(wrong(/Did you mean "gated"\?/));
  }, 60_000);

  it('a policy is exported as a folder that others load', async () => {
    const folder = file('exported');
    const exported = await command.json('export', 'export', 'ci', '--out', folder, '--iteration', '1');
    expect(exported.files).toEqual([
      ...['README.md', 'adapter_config.json', 'adapter_model.safetensors', 'tokenizer.json', 'tokenizer_config.json'],
    ]);
    const config = JSON.parse(await readFile(join(folder, 'adapter_config.json'), 'utf8')) as Record<string, string>;
    expect(await readdir(config['base_model_name_or_path']!)).toContain('config.json');
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toMatch(/# ci, policy 1[\s\S]*\| 1 \| 64 \| /);
    expect(await command.laser('export', 'ci', '--out', folder)).toMatchObject(wrong(/is not empty/));
    expect(await command.laser('export', 'ci', '--out', file('other'), '--iteration', '7')).toMatchObject(
      wrong(/no policy of iteration 7; the newest is 2/),
    );
  }, 120_000);

  it('after gc a campaign runs again to the same bytes, doing again what is gone', async () => {
    const before = (await command.json('status', 'status', 'gated')).result!;
    expect(await command.json('run-dry-run', 'run', file('gated.yaml'), '--dry-run')).toMatchObject({ changes: [] });
    const wouldGo = await command.json('gc', 'gc', '--older-than', '0s', '--dry-run');
    const { deleted, campaigns } = await command.json('gc', 'gc', '--older-than', '0s');
    expect({ deleted, campaigns }).toEqual({ deleted: wouldGo.deleted, campaigns: 3 });
    expect(deleted.artifacts).toBeGreaterThan(0);
    expect(deleted.stepRecords).toBeGreaterThan(0);
    expect(await command.json('replay', 'replay', 'ci')).toMatchObject({ decisions: 8, differences: [] });

    const again = command.json('run', 'run', file('gated.yaml'));
    while ((await command.laser('approve', 'gated')).code !== 0) await delay(500);
    const { policy, banditLog, comparison, totals } = await again;
    expect({ policy, banditLog, comparison }).toEqual({
      ...{ policy: before.policy, banditLog: before.banditLog, comparison: before.comparison },
    });
    expect(totals.reusedSteps).toBeLessThan(2 * 4);
  }, 180_000);

  it('down ends it gracefully, and is content if nothing runs', async () => {
    expect(await command.json('down', 'down')).toMatchObject({ stopped: true, pid: runtime.process.pid });
    expect(await runtime.ended).toBe(0);
    expect(await command.laser('down')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Nothing runs/) });
  }, 60_000);

  it('every verb’s --json was read by its schema, here or where it is tested', () => {
    const elsewhere = [
      'init',
      'up',
      'data-prepare',
      'watch-line',
      'compare',
      'compare-dry-run',
      'status-comparison',
      'best-of-n',
      'status-best-of-n',
      ...Object.keys(cliOutputs).filter((name) => /^schedule-/.test(name)),
    ];
    expect([...command.tried, ...elsewhere].sort()).toEqual(Object.keys(cliOutputs).sort());
  });
});
