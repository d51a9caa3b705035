import { ApplicationFailure } from '@temporalio/common';
import type { ArtifactStore } from '../../../artifact-store';
import { newestRun } from '../../../cli/rerun/newest-run';
import { progressBefore } from '../../../cli/rerun/progress-before';
import type { ArtifactRef } from '../../../contract/artifact';
import type { CampaignProgress, ResolvedCampaign } from '../../../contract/campaign-run';
import { failureTypes } from '../../../contract/failure-types';
import { taskQueues } from '../../../contract/task-queues';
import type { campaignWorkflow } from '../../../workflows';
import { rejection } from '../../model-server/against';
import { campaign as base, useWorkflowWorld, type CampaignHandle } from '../../workflows/workflow-world';

const world = useWorkflowWorld();
const campaign: ResolvedCampaign = { ...base, iterations: 3, roundsPerIteration: 1 };
const idOf = ({ workflowId }: CampaignHandle) => workflowId.replace(/^laser-/, '');

/** As `laser run --from-iteration` asks for it; checkpoints are read where the activities of this world keep them. */
async function before(campaignId: string, iteration: number, wanted = campaign): Promise<CampaignProgress | undefined> {
  const getJson = (ref: ArtifactRef) => {
    // The checkpoints of this world leave out what holds times.
    const progress = { ...(world.value(ref) as CampaignProgress), recentEvents: [] };
    return Promise.resolve({ progress, previous: progress.checkpoints });
  };
  const store = { getJson } as unknown as ArtifactStore;
  const client = world.client();
  const newest = await newestRun(client, campaignId);
  return progressBefore({ client, store, campaignId, campaign: wanted, newest, iteration });
}

async function refusal(campaignId: string, iteration: number): Promise<string> {
  const error = await rejection<Error & { exitCode: number }>(before(campaignId, iteration));
  expect(error).toMatchObject({ name: 'CommandError', exitCode: 2 });
  return error.message;
}

function failAtIteration(wanted: number): void {
  world.control.hook = ({ step, iteration }) => {
    if (step === 'trainPolicy' && iteration === wanted)
      throw ApplicationFailure.nonRetryable('loss is NaN', failureTypes.nonFiniteLoss);
  };
}

test('a finished campaign can start again from each of its iterations', async () => {
  const handle = await world.start(campaign);
  const result = await handle.result();
  expect(await before(idOf(handle), 1)).toBeUndefined();
  expect(await before(idOf(handle), 2)).toMatchObject({ iteration: 1, totals: { rounds: 1 }, paused: false });
  expect(await before(idOf(handle), 3)).toMatchObject({ iteration: 2, totals: { rounds: 2 } });
  expect((await before(idOf(handle), 3))!.policy).not.toEqual(result.policy);
});

test('one that failed, from the iterations it came to', async () => {
  failAtIteration(2);
  const handle = await world.start(campaign);
  await rejection(handle.result());
  expect(await before(idOf(handle), 2)).toMatchObject({ iteration: 1 });
  expect(await refusal(idOf(handle), 3)).toMatch(
    /--from-iteration 3: the newest run of campaign .* has no checkpoint after iteration 2\. It can start from iteration 2\.$/,
  );
});

test('one that failed before it came to any says so', async () => {
  failAtIteration(1);
  const handle = await world.start(campaign);
  await rejection(handle.result());
  expect(await refusal(idOf(handle), 2)).toMatch(/no checkpoint after iteration 1\. It has none yet\.$/);
});

test('a running campaign, no campaign, and an iteration there is not', async () => {
  world.hold({ step: 'trainPolicy' });
  const handle = await world.start(campaign);
  const id = idOf(handle);
  expect(await refusal(id, 2)).toMatch(new RegExp(`is running\\. Stop it first: laser stop ${id}$`));
  expect(await refusal('absent', 2)).toMatch(/campaign absent has no earlier run; run it without the option\.$/);
  expect(await refusal(id, 4)).toMatch(/has iterations 1 to 3\.$/);
  expect(await refusal(id, 0)).toMatch(/has iterations 1 to 3\.$/);
});

test('with a selection that learns beforehand: it learns before the next round, and keeps what was observed', async () => {
  const handle = await world.start(campaign);
  await handle.result();
  const selection = {
    type: 'classifier',
    granularity: 'round',
    contextScaling: 'centred',
    labelled: 'l',
    l2: 0.01,
  } as const;
  const labelledPreferences = { sha256: '3'.repeat(64), bytes: 1, mediaType: 'application/jsonl' };
  const classified: ResolvedCampaign = { ...campaign, selection, labelledPreferences };
  const progress = (await before(idOf(handle), 3, classified))!;
  expect(progress).toMatchObject({ iteration: 2, relearn: true });

  world.calls.length = 0;
  const restart = async (input: { campaign: ResolvedCampaign; progress: CampaignProgress }) => {
    const again = await world.client().workflow.start<typeof campaignWorkflow>('campaignWorkflow', {
      ...{ workflowId: handle.workflowId, taskQueue: taskQueues.control },
      args: [{ campaignId: idOf(handle), searchable: false, ...input }],
    });
    return again.result();
  };
  const result = await restart({ campaign: classified, progress });
  const steps = world.calls.map(({ step }) => step);
  const begun = steps.slice(0, steps.indexOf('drawPromptBatches'));
  expect(begun.slice(3, 6).sort()).toEqual(['embedLabelled', 'scoreLabelled', 'scoreLabelled']);
  expect(begun.slice(6)).toEqual(['learnSelection', 'createBandit']);
  expect(world.log(result.banditLog)).toMatchObject({
    learned: { bytes: expect.any(Number) },
    observations: [{ iteration: 1 }, { iteration: 2 }, { iteration: 3 }],
  });

  // The same file again: the bandit of the checkpoint has learned already.
  const same = (await before(idOf(handle), 3, classified))!;
  expect(same).not.toHaveProperty('relearn');
  world.calls.length = 0;
  await restart({ campaign: classified, progress: same });
  expect(world.called({ step: 'learnSelection' })).toEqual([]);
  expect(await before(idOf(handle), 3, { ...classified, selection: { ...selection, l2: 1 } })).toMatchObject({
    relearn: true,
  });
}, 60_000);
