import { ApplicationFailure } from '@temporalio/common';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { findLearned } from '../../cli/best-of-n/find-learned';
import type { BestOfNInput, ResolvedBestOfN } from '../../contract/best-of-n-run';
import { campaignFailed, failureTypes } from '../../contract/failure-types';
import { taskQueues } from '../../contract/task-queues';
import type { bestOfNWorkflow } from '../../workflows';
import { bestOfNStateQuery, stopUpdate } from '../../workflows/messages';
import { campaign, durability, useWorkflowWorld } from './workflow-world';

const world = useWorkflowWorld();
const { seed, sampling, serving, lora, rewardModels } = campaign;
const ref = (digit: string) => ({ sha256: digit.repeat(64), bytes: 1, mediaType: 'application/jsonl' });
const selection = { ...campaign.selection, granularity: 'prompt' } as ResolvedBestOfN['selection'];
const bestOfN: ResolvedBestOfN = {
  ...{ name: 'answers', seed, selection, sampling, serving, lora, rewardModels, durability, promptsPerChunk: 2 },
  ...{ tooLong: 'refuse', maxPromptTokens: null, metric: 'accuracy', answerPattern: '(.+)', dataset: 'test.jsonl' },
  ...{ learn: ref('3'), test: ref('4'), policy: null, bandit: null, learning: { reward: 'pick', fromTest: false } },
};
let started = 0;

async function start(changes: Partial<ResolvedBestOfN> = {}): Promise<WorkflowHandle<typeof bestOfNWorkflow>> {
  const bestOfNId = `answers-${(started += 1)}`;
  const input: BestOfNInput = { bestOfNId, bestOfN: { ...bestOfN, ...changes }, searchable: false };
  return world.client().workflow.start<typeof bestOfNWorkflow>('bestOfNWorkflow', {
    ...{ workflowId: `laser-${bestOfNId}`, taskQueue: taskQueues.control, args: [input] },
  });
}

async function idsOf({ workflowId }: WorkflowHandle): Promise<string[]> {
  const runs: string[] = [];
  for await (const run of world.client().workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs.push(run.runId);
  const histories = await Promise.all(
    runs.map((runId) => world.client().workflow.getHandle(workflowId, runId).fetchHistory()),
  );
  return histories.flatMap(({ events }) =>
    (events ?? []).flatMap((event) => event.activityTaskScheduledEventAttributes?.activityId ?? []),
  );
}

test('learns chunk by chunk, then picks for the test prompts with what it knows', async () => {
  const handle = await start();
  const { status, result, lines, state } = await handle.result();
  expect(status).toBe('finished');
  expect(state).toMatchObject({ phase: 'finished', learn: { chunks: 3, prompts: 6 }, test: { chunks: 3, value: 3 } });
  expect(state.test!.picks).toEqual({ 'rm-b': 6 });
  expect(world.called({ step: 'updateBandit' })).toHaveLength(3);
  expect(world.value(result)).toMatchObject({ name: handle.workflowId.replace('laser-', ''), learn: { chunks: 3 } });
  expect(world.value(lines)).toHaveProperty('linesOf');
  // Answered by a replay of the whole history.
  expect(await handle.query(bestOfNStateQuery)).toEqual(state);
});

test('its ids name split, chunk, step and reward model', async () => {
  const handle = await start();
  await handle.result();
  const ids = (await idsOf(handle)).filter((id) => /-c0001-/.test(id)).sort();
  expect(ids).toEqual([
    ...['learn-c0001-embed', 'learn-c0001-generate', 'learn-c0001-score-rm-a'],
    ...['test-c0001-embed', 'test-c0001-generate', 'test-c0001-score-rm-b'],
  ]);
});

test('the base model is checked against the trainer; a trained policy has its fingerprint', async () => {
  await (await start()).result();
  expect(world.called({ step: 'fingerprintPolicy' })).toHaveLength(1);
  const policy = { iteration: 2, adapter: ref('5'), fingerprint: ref('6') };
  await (await start({ policy })).result();
  expect(world.called({ step: 'fingerprintPolicy' })).toHaveLength(1);
  expect(world.called({ step: 'publishPolicy', iteration: 2 })).toHaveLength(1);
});

test('a campaign’s bandit brings its scale of contexts and what it observed; a fresh one fits its own', async () => {
  await (await start()).result();
  expect(world.called({ step: 'fitContextScaling' })).toHaveLength(1);
  const banditLog = world.put({ arms: ['rm-a', 'rm-b'], observations: [{}] });
  const outcome = await (await start({ learn: null, bandit: { banditLog, contextScaling: ref('7') } })).result();
  expect(world.called({ step: 'fitContextScaling' })).toHaveLength(1);
  expect(outcome.state).toMatchObject({ learn: null, test: { picks: { 'rm-b': 6 } } });
  expect(world.called({ step: 'updateBandit' })).toHaveLength(3);
});

test('goes on learning from test prompts where it is told to', async () => {
  const { state } = await (await start({ learn: null, learning: { reward: 'gain', fromTest: true } })).result();
  expect(state.test!.picks).toEqual({ 'rm-a': 4, 'rm-b': 2 });
});

test('continues as new within both sets of prompts, and ends with the same', async () => {
  const whole = await (await start({ name: 'same' })).result();
  const handle = await start({ name: 'same', durability: { ...durability, roundsPerRun: 2, prefetchRounds: 2 } });
  const parts = await handle.result();
  const essence = ({ banditLog, state }: typeof whole) => ({ banditLog, learn: state.learn, test: state.test });
  expect(essence(parts)).toEqual(essence(whole));
  const ids = await idsOf(handle);
  expect(ids).toHaveLength(new Set(ids).size);
  const [continued] = (
    await world
      .client()
      .workflow.getHandle(handle.workflowId, await firstRun(handle))
      .fetchHistory()
  ).events!.slice(-1);
  expect(continued!.workflowExecutionContinuedAsNewEventAttributes).toBeTruthy();
});

async function firstRun(handle: WorkflowHandle): Promise<string> {
  const { runId } = await handle.describe();
  const { events } = await world.client().workflow.getHandle(handle.workflowId, runId).fetchHistory();
  return events![0]!.workflowExecutionStartedEventAttributes!.firstExecutionRunId!;
}

test('stopped, it finishes the chunk under way and measures what is answered', async () => {
  const held = world.hold({ step: 'scoreCompletions', iteration: 2, round: 1 });
  const handle = await start();
  await held.reached();
  const answer = await handle.executeUpdate(stopUpdate, { args: [{ by: 'me', why: null, now: false }] });
  expect(answer.message).toMatch(/^Best-of-n answers-\d+ stops after the chunk under way/);
  await expect(handle.executeUpdate(stopUpdate, { args: [{ by: 'me', why: null, now: false }] })).rejects.toMatchObject(
    {
      cause: { message: expect.stringMatching(/is stopping already/) as string },
    },
  );
  held.release();
  const { status, state } = await handle.result();
  expect(status).toBe('stopped');
  expect(state.test).toMatchObject({ chunks: 1, ofChunks: 3 });
});

test('a failure says which chunk of which prompts, and who was asked', async () => {
  world.control.hook = ({ step, iteration, round }) => {
    if (step !== 'scoreCompletions' || iteration !== 2 || round !== 3) return;
    throw ApplicationFailure.nonRetryable('no such model', failureTypes.modelNotFound);
  };
  const failure: unknown = await (await start()).result().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(WorkflowFailedError);
  expect((failure as WorkflowFailedError).cause).toMatchObject({
    type: campaignFailed,
    message: expect.stringMatching(
      /^Best-of-n answers-\d+ failed in chunk 3 of the test prompts, while scoring with rm-b: no such model \(ModelNotFound\)\./,
    ) as string,
  });
});

describe('what a finished campaign hands on', () => {
  const both = { policy: 'final', bandit: 'campaign' } as const;
  const learnedFrom = (run: string, wanted: Parameters<typeof findLearned>[2] = both, changes = {}) =>
    findLearned(world.client(), run, wanted, { ...bestOfN, ...changes });
  const finishedId = async () => {
    const handle = await world.start();
    const result = await handle.result();
    return { run: handle.workflowId.replace('laser-', ''), result };
  };

  test('is its last policy and its bandit with the scale of contexts, as far as they are wanted', async () => {
    const { run, result } = await finishedId();
    const { policy, banditLog, contextScaling } = result;
    const bandit = { banditLog, contextScaling };
    expect(await learnedFrom(run)).toEqual({ policy, bandit });
    expect(await learnedFrom(run, { policy: 'final', bandit: 'fresh' })).toEqual({ policy, bandit: null });
    expect(await learnedFrom(run, { policy: 'base', bandit: 'campaign' })).toEqual({ policy: null, bandit });
    expect(await learnedFrom('never', { policy: 'base', bandit: 'fresh' })).toEqual({ policy: null, bandit: null });
  });

  test('is refused where it does not fit, or is not there yet', async () => {
    await expect(learnedFrom('never')).rejects.toThrow(
      'Campaign never has never run here, so it has no policy and no bandit to use. ' +
        'Run it to its end first, or set policy: base and bandit: fresh.',
    );
    const held = world.hold({ step: 'trainPolicy' });
    const handle = await world.start();
    await held.reached();
    const run = handle.workflowId.replace('laser-', '');
    await expect(learnedFrom(run)).rejects.toThrow(`Campaign ${run} has not finished (running)`);
    held.release();
    await handle.result();
    const other = { ...serving, baseModel: { ...serving.baseModel, revision: 'other' } };
    await expect(learnedFrom(run, both, { serving: other })).rejects.toThrow('trained another base model');
    const unit = { selection: { ...selection, contextScaling: 'unit' } };
    await expect(learnedFrom(run, both, unit)).rejects.toThrow(
      'saw contexts scaled "centred", but selection.contextScaling is "unit" here',
    );
    expect(await learnedFrom(run, both, { selection: { type: 'random', granularity: 'prompt' } })).toBeTruthy();
  });
});
