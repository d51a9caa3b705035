import { ApplicationFailure } from '@temporalio/workflow';
import type { CampaignFailure } from '../contract/campaign-failure';
import { campaignFailed } from '../contract/failure-types';

/** The failure with which a workflow ends: its message for people, its parts for programs, the engine's own chain behind. */
export function toldFailure(message: string, failure: CampaignFailure, cause: Error): ApplicationFailure {
  return ApplicationFailure.create({ message, type: campaignFailed, nonRetryable: true, details: [failure], cause });
}
