import type { Client } from '@temporalio/client';
import { createBandit } from '../../activities/create-bandit';
import { readLinks, type ArtifactStore } from '../../artifact-store';
import type { ArtifactRef } from '../../contract/artifact';
import { campaignCheckpoint, type CampaignProgress, type ResolvedCampaign } from '../../contract/campaign-run';
import type { campaignWorkflow } from '../../workflows';
import { labelledOf } from '../../contract/selection-needs';
import { rosterOf } from '../../workflows/reward-models-in-use';
import { workflowIdOf } from '../campaign-id';
import { CommandError, exitCodes } from '../command-error';
import { queryState } from '../query-state';
import { changedKeys } from './changed-keys';
import type { NewestRun } from './newest-run';

/** A checkpoint holds weights, contexts and measured accuracies: with other keys of these it would mean nothing. */
const bound = /^(policy\.(model|revision|promptFormat|lora\.)|selection\.contextScaling|data\.heldOut)/;
const newBandit = /^(seed$|selection\.|rewardModels\.[^.]+\.kind$)/;
const workerTimeoutMs = 60_000;

interface Restart {
  client: Client;
  store: ArtifactStore;
  campaignId: string;
  campaign: ResolvedCampaign;
  newest: NewestRun | null;
  /** The first iteration to be done. */
  iteration: number;
}

/**
 * What a campaign carried over the edge before an iteration in its newest run, for a run that starts there with the
 * present configuration; undefined for iteration 1, which starts from nothing.
 * @throws CommandError if there is no such checkpoint, and says which there are.
 */
export async function progressBefore(restart: Restart): Promise<CampaignProgress | undefined> {
  const { campaignId, campaign, newest, iteration } = restart;
  const refuse = (why: string) => new CommandError(why, exitCodes.usage);
  if (iteration < 1 || iteration > campaign.iterations) {
    throw refuse(`--from-iteration ${iteration}: campaign ${campaignId} has iterations 1 to ${campaign.iterations}.`);
  }
  if (newest === null) {
    throw refuse(
      `--from-iteration ${iteration}: campaign ${campaignId} has no earlier run; run it without the option.`,
    );
  }
  if (newest.status === 'RUNNING') {
    throw refuse(
      `--from-iteration ${iteration}: campaign ${campaignId} is running. Stop it first: laser stop ${campaignId}`,
    );
  }
  if (iteration === 1) return undefined;
  const changes = changedKeys(newest.input.campaign, campaign);
  const unfit = changes.filter(({ key }) => bound.test(key)).map(({ key }) => key);
  if (unfit.length > 0) {
    throw refuse(
      `--from-iteration ${iteration}: ${unfit.join(', ')} changed since the newest run of campaign ${campaignId}, ` +
        'so its checkpoints do not fit. Set it back, or run from the start (finished steps that fit are used again).',
    );
  }
  const checkpoints = await checkpointsOf(restart);
  const found = checkpoints.find((progress) => progress.iteration === iteration - 1);
  if (!found) {
    const there = checkpoints.map((progress) => progress.iteration + 1).reverse();
    const hint = there.length === 0 ? 'It has none yet.' : `It can start from iteration ${there.join(', ')}.`;
    throw refuse(
      `--from-iteration ${iteration}: the newest run of campaign ${campaignId} has no checkpoint after iteration ${iteration - 1}. ${hint}`,
    );
  }
  const progress = { ...found, paused: false, stopRequested: false };
  if (labelledOf(campaign.selection) !== null) {
    // Only the campaign's workers can ask servers; where nothing that is learned from has changed, the steps are used again.
    const learnsAnew = changes.some(({ key }) => newBandit.test(key) || key.startsWith('rewardModels.'));
    return learnsAnew ? { ...progress, relearn: true } : progress;
  }
  return changes.some(({ key }) => newBandit.test(key)) ? withBanditOf(restart, progress) : progress;
}

/** Newest first; each with itself as the newest checkpoint, so that a later run can start from it again. */
async function checkpointsOf({ store, ...restart }: Restart): Promise<CampaignProgress[]> {
  const found: CampaignProgress[] = [];
  const newest = await newestLink(restart);
  for await (const { ref, link } of readLinks(store, newest, campaignCheckpoint)) {
    found.push({ ...link.progress, checkpoints: ref });
  }
  return found;
}

/** A run that did not finish has it in its state, which a worker reads out of the history. */
async function newestLink({ client, campaignId, newest }: Omit<Restart, 'store'>): Promise<ArtifactRef | null> {
  const handle = client.workflow.getHandle<typeof campaignWorkflow>(workflowIdOf(campaignId), newest?.runId);
  if (newest?.status === 'COMPLETED') return (await handle.result()).checkpoints;
  for (const deadline = Date.now() + workerTimeoutMs; Date.now() < deadline;) {
    const state = await queryState(handle);
    if (state) return state.checkpoints;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new CommandError(
    `No worker answers for campaign ${campaignId}, so its checkpoints are not known. Look at the control worker's log.`,
    exitCodes.environment,
  );
}

/** The same observations under the present way of selecting. */
async function withBanditOf({ store, campaign }: Restart, progress: CampaignProgress): Promise<CampaignProgress> {
  const arms = rosterOf(campaign, progress.rewardModelChanges);
  const { seed, selection } = campaign;
  const rounds = campaign.iterations * campaign.roundsPerIteration;
  const previous = progress.banditLog;
  return {
    ...progress,
    ...(await createBandit({ store }, { seed, selection, arms, rounds, previous })),
  };
}
