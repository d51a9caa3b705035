import { stopUpdate } from '../../workflows/messages';
import type { ExitCode } from '../command-error';
import { steerCampaign, type SteeringOptions } from './steer-campaign';

/** `laser stop <campaign> [--now]` */
export function stopCampaign(campaignId: string, options: SteeringOptions & { now?: boolean }): Promise<ExitCode> {
  const request = { now: options.now ?? false };
  return steerCampaign(campaignId, options, {
    ...{ update: stopUpdate, others: true },
    request: () => Promise.resolve(request),
  });
}
