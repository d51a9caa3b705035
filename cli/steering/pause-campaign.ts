import { pauseUpdate } from '../../workflows/messages';
import type { ExitCode } from '../command-error';
import { steerCampaign, type SteeringOptions } from './steer-campaign';

/** `laser pause <campaign>` */
export function pauseCampaign(campaignId: string, options: SteeringOptions): Promise<ExitCode> {
  return steerCampaign(campaignId, options, { update: pauseUpdate, request: () => Promise.resolve({}) });
}
