import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { CampaignState, RoundSummary } from '../contract/campaign-run';

/** What an accepted update answers: what will happen, and when. */
export interface SteeringAnswer {
  message: string;
}

export const campaignStateQuery = defineQuery<CampaignState>('campaignState');
export const pauseUpdate = defineUpdate<SteeringAnswer>('pause');
export const resumeUpdate = defineUpdate<SteeringAnswer>('resume');
export const stopUpdate = defineUpdate<SteeringAnswer>('stop');

/** The iteration's newest rounds, oldest first. */
export const recentRoundsQuery = defineQuery<RoundSummary[]>('recentRounds');
export interface Steering {
  paused: boolean;
  stopRequested: boolean;
}
/** From the campaign to its running iteration; takes effect at the edge of a round. */
export const steerSignal = defineSignal<[Steering]>('steer');
