import { resumeUpdate } from '../../workflows/messages';
import type { ExitCode } from '../command-error';
import { steerCampaign, type SteeringOptions } from './steer-campaign';

/** `laser resume <campaign>` */
export function resumeCampaign(campaignId: string, options: SteeringOptions): Promise<ExitCode> {
  return steerCampaign(campaignId, options, { update: resumeUpdate, request: () => Promise.resolve({}) });
}
