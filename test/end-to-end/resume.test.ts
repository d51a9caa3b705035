import { setTimeout as delay } from 'node:timers/promises';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CampaignResult } from '../../contract/campaign-run';
import { essence } from './essence';
import { finished, killWorkers, signalServices, underWay, until } from './faults';
import {
  ciCampaign,
  openRuntime,
  readJournal,
  removeHome,
  runCampaign,
  type RunningCampaign,
} from './running-campaign';

const isControl = (name: string) => name === 'control-worker';
const isTrainer = (name: string) => name === 'train-worker';
/** Contexts, completions, scores and pairs of the rounds around it; a training step writes more than twice as many. */
const objectsOfOtherSteps = 4;

describe('a campaign that is killed again and again', () => {
  let undisturbed: RunningCampaign;
  let disturbed: RunningCampaign;
  let expected: CampaignResult;

  beforeAll(async () => {
    undisturbed = await runCampaign(ciCampaign);
    expected = await undisturbed.handle.result();
    await undisturbed.stop();
    disturbed = await runCampaign(ciCampaign);
  }, 180_000);

  afterAll(async () => {
    await disturbed.stop();
    await Promise.all([removeHome(undisturbed.home), removeHome(disturbed.home)]);
  }, 60_000);

  it('trains something in the undisturbed run', () => {
    expect(expected.status).toBe('finished');
    expect(expected.policy.adapter).not.toBeNull();
    expect(expected.totals.rounds).toBe(8);
  });

  it('survives SIGKILL of all workers while completions are generated', async () => {
    await until('generation of iteration 1 under way', () => underWay(disturbed, 'generateCompletions', 1));
    killWorkers(disturbed);
  }, 180_000);

  it('survives SIGKILL of all workers between scoring and pairing', async () => {
    const scored = await finished(disturbed, 'scoreCompletions', 1);
    await until('scoring under way', () => underWay(disturbed, 'scoreCompletions', 1));
    signalServices(disturbed, 'SIGSTOP', isControl);
    const trained = await finished(disturbed, 'trainPolicy', 1);
    await until('the scores recorded', async () => (await finished(disturbed, 'scoreCompletions', 1)) > scored);
    killWorkers(disturbed);
    expect(await finished(disturbed, 'trainPolicy', 1)).toBe(trained);
  }, 180_000);

  it('survives SIGKILL of all workers inside a training step', async () => {
    await until('training under way', () => underWay(disturbed, 'trainPolicy', 1));
    const done = await finished(disturbed, 'trainPolicy', 1);
    killWorkers(disturbed);
    expect(await finished(disturbed, 'trainPolicy', 1)).toBe(done);
  }, 180_000);

  it('survives SIGKILL of all workers after an adapter is written but before it is reported', async () => {
    let objects = 0;
    await until('the trainer stopped with an adapter written and nothing reported', async () => {
      if (!(await underWay(disturbed, 'trainPolicy', 1))) {
        objects = await objectCount(disturbed);
        return false;
      }
      const trained = await finished(disturbed, 'trainPolicy', 1);
      signalServices(disturbed, 'SIGSTOP', isTrainer);
      await delay(1500);
      const written = (await objectCount(disturbed)) > objects + objectsOfOtherSteps;
      if (written && (await finished(disturbed, 'trainPolicy', 1)) === trained) return true;
      signalServices(disturbed, 'SIGCONT', isTrainer);
      return false;
    });
    const trained = await finished(disturbed, 'trainPolicy', 1);
    killWorkers(disturbed);
    expect(await finished(disturbed, 'trainPolicy', 1)).toBe(trained);
  }, 180_000);

  it('survives SIGKILL of all workers between two iterations', async () => {
    await until(
      'policy 1 being published or measured',
      async () =>
        (await finished(disturbed, 'fingerprintPolicy', 1)) > 0 &&
        (await finished(disturbed, 'evaluatePolicy', 1)) === 0,
    );
    killWorkers(disturbed);
    expect(await finished(disturbed, 'trainPolicy', 2)).toBe(0);
  }, 180_000);

  it('survives SIGKILL of the Temporal server and of the model server', async () => {
    await until('iteration 2 under way', async () => (await finished(disturbed, 'trainPolicy', 2)) > 0);
    signalServices(disturbed, 'SIGKILL', (name) => name === 'temporal' || name === 'model-server');
  }, 180_000);

  it('ends with the same bytes, and no finished step was done twice', async () => {
    const result = await disturbed.handle.result();
    expect(essence(result)).toEqual(essence(expected));

    const journal = await readJournal(disturbed.store);
    const keys = journal.map(({ key }) => key);
    expect(keys).toHaveLength(new Set(keys).size);
    expect(await recordedSteps(disturbed)).toEqual(await recordedSteps(undisturbed));
  }, 180_000);

  it('leaves a finished campaign that a new runtime lists, with its result and history, kept for at least 90 days', async () => {
    const { client, stop } = await openRuntime(undisturbed.home);
    try {
      const listed = [];
      for await (const run of client.workflow.list()) listed.push(`${run.workflowId} ${run.status.name}`);
      expect(listed).toEqual(expect.arrayContaining(['laser-ci COMPLETED', 'laser-ci/it-02 COMPLETED']));
      const handle = client.workflow.getHandle(undisturbed.handle.workflowId);
      expect(await handle.result()).toEqual(expected);
      expect((await handle.fetchHistory()).events?.length).toBeGreaterThan(0);
      expect(await handle.query('campaignState')).toMatchObject({ phase: 'finished', iteration: 2 });
      const { config } = await client.workflowService.describeNamespace({ namespace: 'default' });
      expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBeGreaterThanOrEqual(90 * 24 * 3600);
    } finally {
      await stop();
    }
  }, 120_000);
});

async function recordedSteps({ store }: RunningCampaign): Promise<string[]> {
  const entries = await readdir(join(store.root, 'steps'), { recursive: true });
  return entries.filter((name) => name.endsWith('.json')).sort();
}

async function objectCount({ store }: RunningCampaign): Promise<number> {
  const entries = await readdir(join(store.root, 'objects'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}
