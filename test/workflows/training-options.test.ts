import type { ArtifactRef } from '../../contract/artifact';
import type { CampaignProgress, CampaignResult, ResolvedCampaign } from '../../contract/campaign-run';
import type { TrainingOptions } from '../../contract/training';
import type { campaignWorkflow } from '../../workflows';
import { taskQueues } from '../../contract/task-queues';
import { setUpdate } from '../../workflows/messages';
import { campaign, durability, until, useWorkflowWorld } from './workflow-world';

const world = useWorkflowWorld();
const training = (changes: Partial<ResolvedCampaign['training']>) => ({
  training: { ...campaign.training, ...changes },
});

type Trained = [
  checkpoint: ArtifactRef | null,
  reference: ArtifactRef | null,
  pairs: ArtifactRef,
  options: TrainingOptions,
  carried: ArtifactRef | null,
];

/** The last step of each iteration, oldest first: adapters are named by their reference. */
function lastSteps(result: CampaignResult): Trained[] {
  const steps: Trained[] = [];
  for (let adapter = result.policy.adapter; adapter !== null; adapter = steps[0]![1]) {
    steps.unshift((world.value(adapter) as { adapterOf: Trained }).adapterOf);
  }
  return steps;
}

const oneRound = { iterations: 3, roundsPerIteration: 1 };

test('by default each iteration starts with a fresh optimiser, and its steps know nothing of new options', async () => {
  const result = await world.run(oneRound);
  expect(lastSteps(result).map(([checkpoint, , , , carried]) => [checkpoint, carried])).toEqual(
    Array(3).fill([null, null]),
  );
  for (const [, , , options] of lastSteps(result)) expect(options).toEqual(campaign.training);
  expect(world.called({ step: 'scheduleLearningRate' })).toEqual([]);
  expect(result).not.toHaveProperty('carriedOptimizer');
});

test('carried moments cross the borders of iterations, and continuing as new or starting again there changes nothing', async () => {
  const changes = { ...oneRound, ...training({ optimizerState: 'carried' }) };
  const result = await world.run(changes);
  const [first, second, third] = lastSteps(result) as [Trained, Trained, Trained];
  const checkpointOf = ([checkpoint, reference, pairs]: Trained) => ({ checkpointOf: [checkpoint, reference, pairs] });
  expect(first[4]).toBeNull();
  expect(world.value(second[4]!)).toEqual(checkpointOf(first));
  expect(world.value(third[4]!)).toEqual(checkpointOf(second));
  expect(world.value(result.carriedOptimizer!)).toEqual(checkpointOf(third));

  const cut = { ...durability, roundsPerRun: 1, iterationsPerRun: 1 };
  expect((await world.run({ ...changes, durability: cut })).policy).toEqual(result.policy);

  const { checkpoints } = await world.run({ ...changes, iterations: 2 });
  const { recentEvents = [], ...progress } = world.value(checkpoints!) as CampaignProgress;
  const again = await world.client().workflow.execute<typeof campaignWorkflow>('campaignWorkflow', {
    ...{ workflowId: 'laser-from-3', taskQueue: taskQueues.control },
    args: [
      {
        ...{ campaignId: 'from-3', campaign: { ...campaign, ...changes }, searchable: false },
        progress: { ...progress, recentEvents },
      },
    ],
  });
  expect(again.policy).toEqual(result.policy);
});

test('the first round that gives pairs takes the moments over', async () => {
  world.control.withoutPairs.add(1);
  const result = await world.run({
    ...{ iterations: 2, roundsPerIteration: 2 },
    ...training({ optimizerState: 'carried' }),
  });
  const [first, second] = lastSteps(result) as [Trained, Trained];
  expect(second[0]).toBeNull();
  expect(world.value(second[4]!)).toEqual({ checkpointOf: first.slice(0, 3) });
});

test('a schedule scales the rate over all rounds of the campaign, and a new rate is scaled as well', async () => {
  const { release, reached } = world.hold({ step: 'trainPolicy', iteration: 2, round: 1 });
  const handle = await world.start({
    ...{ iterations: 2, roundsPerIteration: 2 },
    ...training({ learningRate: 1, learningRateSchedule: 'linear', warmupRounds: 1 }),
  });
  await reached();
  await handle.executeUpdate(setUpdate, { args: [{ by: 'ada', why: null, settings: { learningRate: 10 } }] });
  release();
  const result = await handle.result();
  // The activity in memory gives rate × (1 − round / rounds).
  expect(lastSteps(result).map(([, , , { learningRate }]) => learningRate)).toEqual([1 - 2 / 4, 10 * (1 - 4 / 4)]);
  for (const [, , , options] of lastSteps(result)) {
    expect(Object.keys(options)).toEqual(expect.arrayContaining(Object.keys(campaign.training)));
    expect(options).not.toHaveProperty('warmupRounds');
    expect(options).not.toHaveProperty('learningRateSchedule');
  }
  await until(() => world.called({ step: 'scheduleLearningRate' }).length === 4);
});

test('a fingerprint is of the weights in the precision that is trained in', async () => {
  const jobs: object[] = [];
  const handle = await world.start(training({ precision: 'bfloat16' }));
  await handle.result();
  const { events } = await handle.fetchHistory();
  for (const { activityTaskScheduledEventAttributes: scheduled } of events ?? []) {
    const payload = scheduled?.input?.payloads?.[0]?.data;
    if (scheduled?.activityType?.name === 'fingerprintPolicy' && payload)
      jobs.push(JSON.parse(Buffer.from(payload).toString()) as object);
  }
  expect(jobs).toMatchObject([{ precision: 'bfloat16' }, { precision: 'bfloat16' }]);
});
