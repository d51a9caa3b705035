import type { Client } from '@temporalio/client';
import type { ArtifactStore } from '../artifact-store';
import { inDataWindow } from '../config/data-window';
import { loadCampaign } from '../config/load-campaign';
import { resolveCampaign } from '../config/resolve-campaign';
import type { ResolvedScheduledRun, ScheduledRun } from '../contract/scheduled-campaign';
import { newestGoodRun } from './newest-good-run';

/** Resolves runs of schedules from the campaign files on this machine. @throws CampaignFileError */
export function scheduledCampaignResolver(store: ArtifactStore, client: Client) {
  return async (run: ScheduledRun): Promise<ResolvedScheduledRun> => {
    const { scheduleId, file, seed, scheduledTime, continueFrom, gate } = run;
    const loaded = await loadCampaign(file, seed === undefined ? {} : { seed });
    const { campaign } = await resolveCampaign(file, inDataWindow(loaded, new Date(scheduledTime)), store);
    return { campaign, start: continueFrom === 'latest' ? await newestGoodRun(client, scheduleId, gate) : null };
  };
}
