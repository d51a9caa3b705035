import type { ArmAction, ArmRequest } from '../../contract/steering';
import { changeArmsUpdate } from '../../workflows/messages';
import { CommandError, exitCodes, type ExitCode } from '../command-error';
import { queryState } from '../query-state';
import { suggest } from '../suggest';
import { steerCampaign, type SteeringOptions } from './steer-campaign';

/** `laser rm remove|mask|unmask <campaign> <rewardModel>` */
export function changeArm(
  action: Exclude<ArmAction, 'add'>,
  campaignId: string,
  rewardModelId: string,
  options: SteeringOptions,
): Promise<ExitCode> {
  return steerCampaign<ArmRequest>(campaignId, options, {
    update: changeArmsUpdate,
    request: async ({ handle }) => {
      const known = (await queryState(handle))?.rewardModels.map(({ id }) => id);
      if (known && !known.includes(rewardModelId)) {
        throw new CommandError(
          `Campaign ${campaignId} has no reward model "${rewardModelId}".${suggest(rewardModelId, known)} It has ${known.join(', ')}.`,
          exitCodes.usage,
        );
      }
      return { change: { action, rewardModelId } };
    },
  });
}
