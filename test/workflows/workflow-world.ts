import type { WorkflowHandle, WorkflowHandleWithFirstExecutionRunId, WorkflowStartOptions } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { CampaignResult, ResolvedCampaign } from '../../contract/campaign-run';
import type { ResolvedRewardModel } from '../../contract/reward-model';
import { defaultStepLimits } from '../../contract/default-step-limits';
import { scoreQueue, taskQueues } from '../../contract/task-queues';
import type { campaignWorkflow } from '../../workflows';
import { roundFinishedSignal } from '../../workflows/messages';
import { runModule, setupFolder } from '../setup/run-module';
import { builtWorkflows } from './built-workflows';
import { fakeActivities, type Called } from './fake-activities';

export type CampaignHandle = WorkflowHandleWithFirstExecutionRunId<typeof campaignWorkflow>;

/** A Temporal server with the real workflows on their real queues, over activities in memory. One a file. */
export function useWorkflowWorld() {
  const fakes = fakeActivities();
  let environment: TestWorkflowEnvironment;
  let running: Promise<unknown>;
  let workers: Worker[];
  let workflowBundle: ReturnType<typeof builtWorkflows>;
  let started = 0;
  const unfinished: CampaignHandle[] = [];
  const releases: (() => void)[] = [];

  beforeAll(async () => {
    const logger = new DefaultLogger('ERROR');
    Runtime.install({ logger });
    const { value: path } = runModule(
      'find-temporal.mjs',
      `m.findTemporal((await import(${JSON.stringify(`file://${setupFolder}/paths.mjs`)})).project)`,
    );
    const executable = { type: 'existing-path', path: path as string } as const;
    workflowBundle = builtWorkflows();
    environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
    const { nativeConnection: connection, client } = environment;
    fakes.control.tellCampaign = (workflowId, report) =>
      client.workflow.getHandle(workflowId).signal(roundFinishedSignal, report);
    const { activities } = fakes;
    const queues = [taskQueues.generate, taskQueues.train, scoreQueue('rm-a'), scoreQueue('rm-b')];
    workers = await Promise.all([
      Worker.create({ connection, taskQueue: taskQueues.control, activities, workflowBundle }),
      ...queues.map((taskQueue) => Worker.create({ connection, taskQueue, activities })),
    ]);
    running = Promise.all(workers.map((worker) => worker.run()));
  }, 60_000);

  beforeEach(() => {
    fakes.calls.length = 0;
    fakes.control.hook = () => undefined;
    fakes.control.withoutPairs.clear();
    fakes.control.isWorse = false;
    fakes.control.compared = null;
    fakes.control.alarms = () => [];
    fakes.control.resolveRun = null;
  });

  // What a failed test leaves behind must neither hold the workers back nor call into the next test.
  afterEach(async () => {
    for (const handle of unfinished.splice(0)) await handle.terminate().catch(() => undefined);
    for (const release of releases.splice(0)) release();
  });

  afterAll(async () => {
    for (const worker of workers) worker.shutdown();
    await running;
    await environment.teardown();
  }, 30_000);

  const start = async (
    changes: Partial<ResolvedCampaign> = {},
    options: Pick<WorkflowStartOptions, 'workflowTaskTimeout'> = {},
  ): Promise<CampaignHandle> => {
    const campaignId = `test-${(started += 1)}`;
    const handle = await environment.client.workflow.start<typeof campaignWorkflow>('campaignWorkflow', {
      workflowId: `laser-${campaignId}`,
      taskQueue: taskQueues.control,
      args: [{ campaignId, campaign: { ...campaign, ...changes }, searchable: false }],
      ...options,
    });
    unfinished.push(handle);
    return handle;
  };

  /** Holds the first call of a step back until `release`, or the end of the test. */
  const hold = (wanted: Partial<Called>) => {
    let release = () => undefined as void;
    const released = new Promise<void>((resolve) => (release = resolve));
    releases.push(release);
    let isHeld = false;
    fakes.control.hook = (called) => {
      if (isHeld || !matches(called, wanted)) return;
      isHeld = true;
      return released;
    };
    return { release, reached: () => until(() => isHeld) };
  };
  return {
    ...fakes,
    client: () => environment.client,
    address: () => environment.address,
    start,
    replay: async (handle: WorkflowHandle) =>
      Worker.runReplayHistory({ workflowBundle }, await handle.fetchHistory(), handle.workflowId),
    hold,
    called: (wanted: Partial<Called>) => fakes.calls.filter((call) => matches(call, wanted)),
    run: async (changes: Partial<ResolvedCampaign> = {}): Promise<CampaignResult> => (await start(changes)).result(),
  };
}

const ref = (digit: string) => ({ sha256: digit.repeat(64), bytes: 1, mediaType: 'application/jsonl' });
const rewardModel = (id: string): ResolvedRewardModel => ({
  id,
  kind: 'classify',
  input: 'text',
  server: 'embedded',
  servedModel: id,
  revision: id,
  maxConcurrentRequests: 8,
  maxItemsPerRequest: 256,
});

export const campaign: ResolvedCampaign = {
  name: 'test',
  seed: 1,
  iterations: 1,
  roundsPerIteration: 2,
  promptBatchSize: 2,
  selection: {
    type: 'laser',
    granularity: 'round',
    bandit: { type: 'linUcb', alpha: 1, ridge: 1 },
    contextScaling: 'centred',
    exploration: 0,
  },
  sampling: { completionsPerPrompt: 4, temperature: 0.8, topP: 1, maxTokens: 8, stop: [] },
  pairing: { pairsPerPrompt: 2, strategy: 'random' },
  training: {
    ...{ lossType: 'sigmoid', beta: 0.1, nllWeight: 1, learningRate: 1e-4, weightDecay: 0 },
    ...{ maxGradNorm: 1, miniBatchSize: 4, maxLength: 64 },
  },
  banditReward: { type: 'trainLoss', lowQuantile: 0.2, highQuantile: 0.8 },
  evaluation: { everyIterations: 1, maxTokens: 8, stop: [], answerPattern: '(.+)' },
  durability: {
    ...{ prefetchRounds: 0, roundsPerRun: 100, heartbeatTimeoutSeconds: 30, iterationsPerRun: 20 },
    steps: defaultStepLimits,
  },
  serving: {
    ...{ baseModel: { name: 'policy', path: '/policy', revision: 'rev' }, server: 'embedded', servedModel: 'policy' },
    ...{ contextServer: 'embedded', promptFormat: 'text', fingerprintTolerance: 1e-3 },
  },
  lora: { rank: 4, loraAlpha: 8, targetModules: ['q_proj'] },
  batching: 'mixed',
  dataset: 'train.jsonl',
  approval: 'never',
  trainPrompts: ref('1'),
  heldOutPrompts: ref('2'),
  rewardModels: [rewardModel('rm-a'), rewardModel('rm-b')],
};

export const durability = campaign.durability;

function matches(called: Called, wanted: Partial<Called>): boolean {
  return Object.entries(wanted).every(([name, value]) => called[name as keyof Called] === value);
}

/** Asks again and again until the answer is yes. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await pause(20);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
