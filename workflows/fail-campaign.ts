import { isCancellation, setCurrentDetails, TemporalFailure, upsertSearchAttributes } from '@temporalio/workflow';
import { readFailure } from '../contract/read-failure';
import { tellFailure } from '../contract/tell-failure';
import { describeCampaign } from './describe-campaign';
import { stateOf, type LiveCampaign } from './live-campaign';
import { currentAttributes } from './search-attributes';
import { toldFailure } from './told-failure';

/**
 * Tells of a campaign's failure wherever people look: its event log, details and search attributes, and the failure with
 * which the workflow ends.
 * @returns what to throw. What is no failure (continue-as-new, a cancellation, a mistake in this code, which waits for
 * another version of it) stays what it is.
 */
export async function failCampaign(live: LiveCampaign, error: unknown): Promise<unknown> {
  if (!(error instanceof TemporalFailure) || isCancellation(error)) return error;
  const { campaignId, campaign, searchable } = live.input;
  const failure = readFailure(error, campaign.durability.steps);
  live.phase = 'failed';
  live.failure = failure;
  const iteration = failure.iteration ?? live.progress?.iteration ?? 0;
  const step = failure.step === null ? '' : ` at ${failure.step}`;
  const noted = live.events.record('failed', iteration, `Campaign ${campaignId} failed${step} with ${failure.type}.`);
  setCurrentDetails(describeCampaign(stateOf(live)));
  if (searchable) upsertSearchAttributes(currentAttributes(stateOf(live)));
  // The store itself may be what failed; the rest is told all the same.
  await noted.catch(() => undefined);
  return toldFailure(tellFailure(campaignId, failure), failure, error);
}
