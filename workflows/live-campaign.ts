import type { CampaignFailure } from '../contract/campaign-failure';
import type { CampaignInput, CampaignPhase, CampaignProgress, CampaignState } from '../contract/campaign-run';
import type { IterationReport, IterationSteering } from '../contract/iteration-run';
import { EventLog } from './event-log';
import { firstChanges } from './reward-model-changes';
import { rewardModelStates } from './reward-models-in-use';
import { addTotals, noRounds } from './round-totals';

/** What the handlers and the main line of a campaign share. */
export interface LiveCampaign {
  readonly input: CampaignInput;
  readonly events: EventLog;
  phase: CampaignPhase;
  /** null until the campaign is prepared. */
  progress: CampaignProgress | null;
  steering: IterationSteering;
  /** The round under way is to be given up. */
  stopNow: boolean;
  running: { iteration: number; workflowId: string } | null;
  /** The newest that is known of the iteration under way. */
  report: IterationReport | null;
  /** The policy that waits for approval, and what was decided. */
  approval: { iteration: number; approved: boolean | null } | null;
  /** Why it failed. */
  failure: CampaignFailure | null;
  pace: { since: number; rounds: number };
}

/** As a campaign begins, or goes on after continue-as-new. */
export function liveCampaign(input: CampaignInput): LiveCampaign {
  const { progress } = input;
  const rewardModelChanges = progress?.rewardModelChanges ?? firstChanges(input.campaign);
  return {
    input,
    events: new EventLog(input.campaign.durability, progress ?? { eventLog: null, eventCount: 0, recentEvents: [] }),
    phase: 'preparing',
    progress: progress ?? null,
    steering: {
      paused: progress?.paused ?? false,
      stopRequested: progress?.stopRequested ?? false,
      settings: progress?.settings ?? {},
      rewardModelChanges,
      changes: progress?.changes ?? rewardModelChanges.masked.length,
    },
    stopNow: false,
    running: null,
    report: null,
    approval: null,
    failure: null,
    pace: { since: 0, rounds: 0 },
  };
}

export function isOver({ phase }: Pick<LiveCampaign, 'phase'>): boolean {
  return phase === 'finished' || phase === 'stopped' || phase === 'regressed' || phase === 'failed';
}

export function stateOf(live: LiveCampaign): CampaignState {
  const { input, progress, report, running, steering, events } = live;
  const { campaign, campaignId } = input;
  const before = progress?.totals ?? noRounds;
  return {
    campaignId,
    phase: steering.paused && !isOver(live) ? 'paused' : live.phase,
    iteration: progress?.iteration ?? 0,
    runningIteration: running?.iteration ?? null,
    iterations: campaign.iterations,
    roundsPerIteration: campaign.roundsPerIteration,
    paused: steering.paused,
    stopRequested: steering.stopRequested,
    policy: progress?.policy ?? null,
    banditLog: progress?.banditLog ?? null,
    evaluations: progress?.evaluations ?? [],
    earlierEvaluations: progress?.earlierEvaluations ?? null,
    totals: report ? addTotals(before, report.totals) : before,
    roundLog: report?.roundLog ?? progress?.roundLog ?? null,
    eventLog: events.head,
    checkpoints: progress?.checkpoints ?? null,
    recentEvents: [...events.recent],
    settings: steering.settings,
    rewardModels: rewardModelStates(campaign, steering.rewardModelChanges),
    expectedEnd: expectedEnd(live),
    failure: live.failure,
  };
}

/** At the speed of the rounds since the campaign last began or went on; null where that says nothing. */
function expectedEnd({ input, progress, report, pace, phase, steering }: LiveCampaign): string | null {
  const { iterations, roundsPerIteration } = input.campaign;
  if (steering.paused || phase !== 'training' || !report) return null;
  const done = (progress?.totals.rounds ?? 0) + report.totals.rounds;
  const inIterations = (progress?.iteration ?? 0) * roundsPerIteration + report.totals.rounds;
  const left = iterations * roundsPerIteration - inIterations;
  const rounds = done - pace.rounds;
  if (rounds < 1) return null;
  const now = Date.now();
  return new Date(now + ((now - pace.since) / rounds) * left).toISOString();
}
