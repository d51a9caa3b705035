import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { observationsOf, readBanditLog } from '../../activities/bandit-log';
import type { CampaignResult } from '../../contract/campaign-run';
import type { ConfigurationDifference } from '../../contract/configuration-change';
import { readFailure } from '../../contract/read-failure';
import { projectRoot } from '../../workers/embedded/project-root';
import { campaignStateQuery } from '../../workflows/messages';
import { essence } from './essence';
import { finished, killWorkers, signalServices, until } from './faults';
import { rejection } from '../model-server/against';
import { readJournal, removeHome, runCampaign, type RunningCampaign } from './running-campaign';

const run = promisify(execFile);
const laser = join(projectRoot, 'dist', 'cli', 'main.js');
const severalDays = join(projectRoot, 'test', 'end-to-end', 'several-days.yaml');

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** `laser …` over what runs in a home, or on its own. */
async function command(home: string, args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  try {
    const env = { ...process.env, LASER_HOME: home, NO_COLOR: '1', ...environment };
    const { stdout, stderr } = await run(process.execPath, [laser, ...args], { env, maxBuffer: 1 << 26 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    return error as Ended;
  }
}

/** The campaign file with another value, as far from the models as the original is: where they lie is no difference. */
async function changed(from: string, to: string): Promise<string> {
  const text = await readFile(severalDays, 'utf8');
  expect(text).toContain(from);
  const file = join(folder, 'changed.yaml');
  await writeFile(file, text.replace(from, to));
  return file;
}

async function doneTwice(campaign: Pick<RunningCampaign, 'store'>): Promise<number> {
  const keys = (await readJournal(campaign.store)).map(({ key }) => key);
  return keys.length - new Set(keys).size;
}

let undisturbed: RunningCampaign;
let expected: CampaignResult;
let folder: string;

beforeAll(async () => {
  await mkdir(join(projectRoot, '.laser'), { recursive: true });
  folder = await mkdtemp(join(projectRoot, '.laser', 'rerun-'));
  undisturbed = await runCampaign(severalDays);
  expected = await undisturbed.handle.result();
}, 180_000);

afterAll(async () => {
  await undisturbed.stop();
  await removeHome(undisturbed.home);
  await rm(folder, { recursive: true, force: true });
}, 60_000);

describe('a campaign that is run again', () => {
  it('finishes undisturbed, and both workflows continue as new several times', async () => {
    expect(expected).toMatchObject({ status: 'finished', totals: { rounds: 6 } });
    const runs: string[] = [];
    await until('all runs listed', async () => {
      runs.length = 0;
      for await (const { workflowId, status } of undisturbed.client.workflow.list())
        if (status.name === 'CONTINUED_AS_NEW') runs.push(workflowId);
      return runs.length === 2 + 3;
    });
    expect(runs.filter((id) => id === 'laser-several-days')).toHaveLength(2);
    expect(runs.filter((id) => id === 'laser-several-days/it-02')).toHaveLength(1);
  });

  it('with the same file, re-uses every step and says so', async () => {
    const before = await readJournal(undisturbed.store);
    const { code, stdout, stderr } = await command(undisturbed.home, ['run', severalDays, '--json']);
    expect(code).toBe(0);
    expect(essence(JSON.parse(stdout) as CampaignResult)).toEqual(essence(expected));
    expect(stderr).toMatch(/6 rounds, in which 24 recorded steps \(embed, generate, score, train\) were used again\./);
    expect(stderr).not.toContain('another configuration');
    expect(await readJournal(undisturbed.store)).toEqual(before);
  }, 120_000);

  it('reset by Temporal into its last iteration, gives the same bytes and does nothing twice', async () => {
    const { client, handle } = undisturbed;
    const before = await readJournal(undisturbed.store);
    const workflowId = handle.workflowId;
    const newest = await client.workflow.getHandle(workflowId).describe();
    const { events } = await client.workflow.getHandle(workflowId, newest.runId).fetchHistory();
    const child = events!.findIndex((event) => event.childWorkflowExecutionCompletedEventAttributes);
    const task = events!.slice(child).find((event) => event.workflowTaskCompletedEventAttributes)!;
    const { runId } = await client.workflowService.resetWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId, runId: newest.runId },
      reason: 'test',
      requestId: 'reset-1',
      workflowTaskFinishEventId: task.eventId!,
    });
    const again = client.workflow.getHandle(workflowId, runId);
    expect(essence((await again.result()) as CampaignResult)).toEqual(essence(expected));
    expect(await readJournal(undisturbed.store)).toEqual(before);
  }, 120_000);

  it('from iteration 2, does again what is of it and later, once, and gives the same bytes', async () => {
    const before = await readJournal(undisturbed.store);
    const later = before.filter(({ label }) => label.iteration >= 2).map(({ key }) => key);
    for (const key of later) await rm(join(undisturbed.store.root, 'steps', key.slice(0, 2), `${key}.json`));
    const args = ['run', severalDays, '--from-iteration', '2', '--json'];
    const { code, stdout, stderr } = await command(undisturbed.home, args);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/4 rounds, in which 0 recorded/) });
    const result = JSON.parse(stdout) as CampaignResult;
    expect(essence(result)).toEqual(essence(expected));
    expect(result).toMatchObject({ roundLog: expect.anything(), totals: { rounds: 6 } });
    const again = (await readJournal(undisturbed.store)).slice(before.length).map(({ key }) => key);
    expect(again.sort()).toEqual(later.sort());
  }, 180_000);

  it('from iteration 3 with another α, keeps what the bandit saw and goes on with the present file', async () => {
    const selection = 'selection: { type: laser, bandit: { type: linUcb, alpha: 9 } }';
    const file = await changed('iterations: 3', `iterations: 3\n${selection}`);
    const { code, stdout } = await command(undisturbed.home, ['run', file, '--from-iteration', '3', '--json']);
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as CampaignResult;
    const [mine, theirs] = await Promise.all(
      [result, expected].map(({ banditLog }) => readBanditLog(undisturbed.store, banditLog)),
    );
    expect(mine).toMatchObject({ selection: { bandit: { alpha: 9 } } });
    expect(observationsOf(mine!)).toHaveLength(6);
    // Losses stay behind: they mean nothing beside those of another run.
    const before = observationsOf(theirs!)
      .slice(0, 4)
      .map(({ loss: _loss, ...observation }) => observation);
    expect(observationsOf(mine!).slice(0, 4)).toEqual(before);
    expect(essence(result).evaluations.slice(0, 3)).toEqual(essence(expected).evaluations.slice(0, 3));
  }, 180_000);

  it('does not go on from a checkpoint that does not fit', async () => {
    const file = await changed(
      '  model: ../../models/quickstart/policy\n',
      '  model: ../../models/quickstart/policy\n  lora: { rank: 4, loraAlpha: 8, targetModules: [q_proj] }\n',
    );
    const outcome = await command(undisturbed.home, ['run', file, '--from-iteration', '2']);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(/policy\.lora\.loraAlpha, policy\.lora\.rank, policy\.lora\.targetModules changed/);
  }, 60_000);

  it('with another configuration: --dry-run says what is done again and starts nothing; run does just that', async () => {
    const file = await changed('evaluation: { maxTokens: 24', 'evaluation: { maxTokens: 20');
    const before = await readJournal(undisturbed.store);
    const dry = await command(undisturbed.home, ['run', file, '--dry-run', '--json']);
    const difference = JSON.parse(dry.stdout) as ConfigurationDifference;
    expect(difference.changes).toEqual([
      { key: 'evaluation.maxTokens', from: 24, to: 20 },
      { key: 'selection.bandit.alpha', from: 9, to: 1 },
    ]);
    const again = difference.steps.filter(({ first }) => first === 'again').map(({ step }) => step);
    expect(again).toEqual(['evaluatePolicy']);
    const { runId } = difference.newestRun!;
    expect((await undisturbed.client.workflow.getHandle(undisturbed.handle.workflowId).describe()).runId).toBe(runId);

    const { code, stdout, stderr } = await command(undisturbed.home, ['run', file, '--json']);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /than its run .*:\n {2}evaluation\.maxTokens +24 → 20\n {2}selection\.bandit\.alpha +9 → 1\nDone again: evaluatePolicy\.\n/,
    );
    const fresh = (await readJournal(undisturbed.store)).slice(before.length);
    expect(fresh.map(({ step }) => step)).toEqual(Array(4).fill('evaluatePolicy'));
    expect((JSON.parse(stdout) as CampaignResult).policy).toEqual(expected.policy);
  }, 120_000);
});

describe('a campaign whose server refuses the adapter, and that then is disturbed like one of several days', () => {
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'laser-e2e-'));
  });
  afterAll(() => removeHome(home));

  it('fails for good, and says what, where, why, what was tried and what to do', async () => {
    const { code, stdout, stderr } = await command(home, ['run', severalDays], { LASER_MAX_LORA_RANK: '8' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^Campaign several-days failed in iteration 1, while publishing the policy: POST http:\/\/127\.0\.0\.1:\d+\/v1\/load_lora_adapter answered 500: .*LoRA rank 16 is greater than max_lora_rank 8\..* \(AdapterRefused\)\. It was tried once: trying again cannot mend it\. What to do: Start the server with --max-lora-rank .*LASER_MAX_LORA_RANK.* Every finished step is kept: run the same command again/,
    );
  }, 180_000);

  it('--dry-run looks its newest run up where nothing runs', async () => {
    const { code, stdout } = await command(home, ['run', severalDays, '--dry-run']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^Campaign several-days: the same configuration as in its run of .* \(failed\); every/,
      ),
    });
  }, 60_000);

  it('mended and run again, it goes on, survives restarts of everything, and ends with the bytes of an undisturbed one', async () => {
    const campaign = await runCampaign(severalDays, home);
    try {
      const failed = await failedRun(campaign);
      const failure = { step: 'publish', iteration: 1, round: null, type: 'AdapterRefused', attempts: 1 };
      expect(readFailure(await rejection(failed.result()))).toMatchObject(failure);
      expect(await failed.query(campaignStateQuery)).toMatchObject({ phase: 'failed', failure });
      const trained = await finished(campaign, 'trainPolicy', 1);
      expect(trained).toBe(2);
      await until('iteration 2 trains', async () => (await finished(campaign, 'trainPolicy', 2)) > 0);
      killWorkers(campaign);
      await until('iteration 3 trains', async () => (await finished(campaign, 'trainPolicy', 3)) > 0);
      signalServices(campaign, 'SIGKILL', (name) => name === 'temporal');
      expect(essence(await campaign.handle.result())).toEqual(essence(expected));
      expect(await finished(campaign, 'trainPolicy', 1)).toBe(trained);
      expect(await doneTwice(campaign)).toBe(0);
    } finally {
      await campaign.stop();
    }
  }, 240_000);
});

/** The run that failed, found as people find it: by its phase. */
async function failedRun({ client, handle: { workflowId } }: RunningCampaign) {
  const query = `LaserPhase = 'failed' AND LaserCampaign = 'several-days'`;
  const runId = await until('the failed run listed', async () => {
    for await (const { runId, status } of client.workflow.list({ query })) if (status.name === 'FAILED') return runId;
    return null;
  });
  return client.workflow.getHandle(workflowId, runId);
}
