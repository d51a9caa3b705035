import { ApplicationFailure } from '@temporalio/common';
import type { ArtifactStore } from '../../../artifact-store';
import { newestRun } from '../../../cli/rerun/newest-run';
import { progressBefore } from '../../../cli/rerun/progress-before';
import type { ArtifactRef } from '../../../contract/artifact';
import type { CampaignProgress } from '../../../contract/campaign-run';
import { failureTypes } from '../../../contract/failure-types';
import { rejection } from '../../model-server/against';
import { campaign as base, useWorkflowWorld, type CampaignHandle } from '../../workflows/workflow-world';

const world = useWorkflowWorld();
const campaign = { ...base, iterations: 3, roundsPerIteration: 1 };
const idOf = ({ workflowId }: CampaignHandle) => workflowId.replace(/^laser-/, '');

/** As `laser run --from-iteration` asks for it; checkpoints are read where the activities of this world keep them. */
async function before(campaignId: string, iteration: number): Promise<CampaignProgress | undefined> {
  const getJson = (ref: ArtifactRef) => {
    const progress = world.value(ref) as CampaignProgress;
    return Promise.resolve({ progress, previous: progress.checkpoints });
  };
  const store = { getJson } as unknown as ArtifactStore;
  const client = world.client();
  const newest = await newestRun(client, campaignId);
  return progressBefore({ client, store, campaignId, campaign, newest, iteration });
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
