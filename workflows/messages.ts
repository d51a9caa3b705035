import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { BestOfNState } from '../contract/best-of-n-run';
import type { CampaignState, RoundSummary } from '../contract/campaign-run';
import type { IterationReport, IterationSteering } from '../contract/iteration-run';
import type { ComparisonState } from '../contract/comparison-run';
import type {
  ApprovalRequest,
  ArmRequest,
  SetRequest,
  SteeringAnswer,
  SteeringOrigin,
  StopRequest,
} from '../contract/steering';

export const campaignStateQuery = defineQuery<CampaignState>('campaignState');
export const comparisonStateQuery = defineQuery<ComparisonState>('comparisonState');
export const bestOfNStateQuery = defineQuery<BestOfNState>('bestOfNState');
/** The iteration's newest rounds, oldest first. */
export const recentRoundsQuery = defineQuery<RoundSummary[]>('recentRounds');

export const pauseUpdate = defineUpdate<SteeringAnswer, [SteeringOrigin]>('pause');
export const resumeUpdate = defineUpdate<SteeringAnswer, [SteeringOrigin]>('resume');
export const stopUpdate = defineUpdate<SteeringAnswer, [StopRequest]>('stop');
export const setUpdate = defineUpdate<SteeringAnswer, [SetRequest]>('set');
export const changeArmsUpdate = defineUpdate<SteeringAnswer, [ArmRequest]>('changeArms');
export const approveUpdate = defineUpdate<SteeringAnswer, [ApprovalRequest]>('approve');

/** From the campaign to its running iteration; takes effect at the edge of a round. */
export const steerSignal = defineSignal<[IterationSteering]>('steer');
/** From an iteration to its campaign. */
export const roundFinishedSignal = defineSignal<[IterationReport]>('roundFinished');
