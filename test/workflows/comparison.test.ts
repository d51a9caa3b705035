import { ApplicationFailure } from '@temporalio/common';
import type { WorkflowHandle } from '@temporalio/client';
import type { CampaignResult } from '../../contract/campaign-run';
import type { ComparedRun, ComparisonInput, ComparisonPlan } from '../../contract/comparison-run';
import { failureTypes } from '../../contract/failure-types';
import { taskQueues } from '../../contract/task-queues';
import type { comparisonWorkflow } from '../../workflows';
import { comparisonStateQuery, stopUpdate } from '../../workflows/messages';
import { campaign, until, useWorkflowWorld } from './workflow-world';

const world = useWorkflowWorld();
const random = { ...campaign, selection: { type: 'random', granularity: 'round' } } as const;
let started = 0;

async function start(changes: Partial<ComparisonInput> = {}): Promise<WorkflowHandle<typeof comparisonWorkflow>> {
  const comparisonId = `comparison-${(started += 1)}`;
  const strategies = [
    { name: 'laser', changes: {}, campaign },
    { name: 'random', changes: {}, campaign: random },
  ];
  const plan: ComparisonPlan = { comparison: comparisonId, reference: 'laser', seeds: [1, 2], strategies };
  const input: ComparisonInput = {
    ...{ comparisonId, plan: world.put(plan), strategies: ['laser', 'random'], seeds: [1, 2] },
    ...{ concurrency: 2, campaignsPerRun: 50, searchable: false },
    ...changes,
  };
  return world.client().workflow.start<typeof comparisonWorkflow>('comparisonWorkflow', {
    workflowId: `laser-${comparisonId}`,
    taskQueue: taskQueues.control,
    args: [input],
  });
}

const shown = (runs: readonly ComparedRun[]) =>
  runs.map(({ strategy, seed, status }) => `${strategy} ${seed} ${status}`);
/** What a result must have in common with another one: all but the campaign's name. */
const policyOf = ({ result }: ComparedRun) => (world.value(result!) as CampaignResult).policy;

test('runs every strategy with every seed, each a campaign of its own, and assembles what came of them', async () => {
  const handle = await start();
  const { status, runs, result } = await handle.result();
  expect(status).toBe('finished');
  expect(shown(runs)).toEqual(['laser 1 finished', 'laser 2 finished', 'random 1 finished', 'random 2 finished']);
  expect(runs.map(({ accuracy }) => accuracy)).toEqual([0.001, 0.001, 0.001, 0.001]);
  expect(world.value(result)).toMatchObject({ runs });
  const id = handle.workflowId;
  const child = world.client().workflow.getHandle(`${id}-random-s2`);
  expect(await child.result()).toEqual(world.value(runs[3]!.result!));
  const alone = await world.run({ ...random, seed: 2 });
  expect(policyOf(runs[3]!)).toEqual(alone.policy);
  expect(policyOf(runs[2]!)).not.toEqual(alone.policy);
  expect(await handle.query(comparisonStateQuery)).toMatchObject({ phase: 'finished', runs });
});

test('never runs two campaigns of one seed at once, nor more than it may', async () => {
  const underWay = new Set<string>();
  const most = { atOnce: 0, ofOneSeed: 0 };
  const handle = await start({ seeds: [1, 2, 3, 4], concurrency: 3 });
  world.control.hook = async ({ step }) => {
    if (step !== 'trainPolicy') return;
    const { runs } = await handle.query(comparisonStateQuery);
    const running = runs.filter(({ status }) => status === 'running');
    most.atOnce = Math.max(most.atOnce, running.length);
    most.ofOneSeed = Math.max(most.ofOneSeed, running.length - new Set(running.map(({ seed }) => seed)).size);
    for (const { campaignId } of running) underWay.add(campaignId);
  };
  const { runs } = await handle.result();
  expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['finished']));
  expect(most).toEqual({ atOnce: 3, ofOneSeed: 0 });
  expect(underWay.size).toBeGreaterThan(3);
  // Answered by a replay of the whole history.
  expect(await handle.query(comparisonStateQuery)).toMatchObject({ phase: 'finished', runs });
});

test('a campaign that fails is reported, and the others go on', async () => {
  world.control.hook = ({ step, iteration }) => {
    if (step !== 'trainPolicy' || iteration !== 1 || world.called({ step: 'trainPolicy' }).length !== 1) return;
    throw ApplicationFailure.nonRetryable('rank 16 is too high', failureTypes.adapterRefused);
  };
  const { status, runs } = await (await start({ concurrency: 1 })).result();
  expect(status).toBe('finished');
  expect(shown(runs)).toEqual(['laser 1 failed', 'laser 2 finished', 'random 1 finished', 'random 2 finished']);
  expect(runs[0]!.failure).toMatch(/-laser-s1 failed in iteration 1, round 1, while training: rank 16 is too high/);
});

test('what all begin with is done ahead; if it fails, the campaigns of that strategy are not started', async () => {
  world.control.hook = ({ step }) => {
    if (step === 'fitContextScaling')
      throw ApplicationFailure.nonRetryable('no such route', failureTypes.modelNotFound);
  };
  const { runs } = await (await start()).result();
  expect(shown(runs)).toEqual(['laser 1 failed', 'laser 2 failed', 'random 1 finished', 'random 2 finished']);
  expect(runs[0]!.failure).toContain('no such route');
});

test('continues as new, and ends with the same', async () => {
  const whole = await (await start()).result();
  const handle = await start({ campaignsPerRun: 1 });
  const parts = await handle.result();
  expect(shown(parts.runs)).toEqual(shown(whole.runs));
  expect(parts.runs.map(policyOf)).toEqual(whole.runs.map(policyOf));
  const runsOf: string[] = [];
  await until(async () => {
    runsOf.length = 0;
    const query = `WorkflowId = '${handle.workflowId}'`;
    for await (const { status } of world.client().workflow.list({ query })) runsOf.push(status.name);
    return runsOf.length === 4;
  });
  expect(runsOf.filter((name) => name === 'CONTINUED_AS_NEW')).toHaveLength(3);
});

test('stopped, it gives up what is under way and compares what is finished', async () => {
  const held = world.hold({ step: 'trainPolicy', round: 2 });
  const handle = await start({ concurrency: 1 });
  await held.reached();
  const answer = await handle.executeUpdate(stopUpdate, { args: [{ by: 'me', why: null, now: true }] });
  expect(answer.message).toMatch(/^Comparison comparison-\d+ stops now/);
  held.release();
  const { status, runs } = await handle.result();
  expect(status).toBe('stopped');
  expect(shown(runs)).toEqual(['laser 1 stopped', 'laser 2 waiting', 'random 1 waiting', 'random 2 waiting']);
});
