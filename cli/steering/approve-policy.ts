import { approveUpdate } from '../../workflows/messages';
import type { ExitCode } from '../command-error';
import { steerCampaign, type SteeringOptions } from './steer-campaign';

/** `laser approve <campaign> [--reject]` */
export function approvePolicy(campaignId: string, options: SteeringOptions & { reject?: boolean }): Promise<ExitCode> {
  const request = { approve: options.reject !== true };
  return steerCampaign(campaignId, options, { update: approveUpdate, request: () => Promise.resolve(request) });
}
