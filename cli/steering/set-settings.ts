import { setUpdate } from '../../workflows/messages';
import type { ExitCode } from '../command-error';
import { parseSettings } from './parse-settings';
import { steerCampaign, type SteeringOptions } from './steer-campaign';

/** `laser set <campaign> alpha=0.5 …` */
export function setSettings(
  campaignId: string,
  assignments: readonly string[],
  options: SteeringOptions,
): Promise<ExitCode> {
  const settings = parseSettings(assignments);
  return steerCampaign(campaignId, options, { update: setUpdate, request: () => Promise.resolve({ settings }) });
}
