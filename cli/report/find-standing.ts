import type { Client } from '@temporalio/client';
import type { ArtifactStore } from '../../artifact-store';
import type { CampaignReport } from '../../contract/campaign-report';
import {
  campaignCheckpoint,
  type CampaignProgress,
  type CampaignState,
  type ResolvedCampaign,
} from '../../contract/campaign-run';
import { rewardModelStates } from '../../workflows/reward-models-in-use';
import type { FoundCampaign } from '../find-campaign';
import { queryState } from '../query-state';
import type { CampaignHistories } from './read-histories';

/** Where a campaign stands, from whoever can say so. */
export interface Standing extends Pick<
  CampaignState,
  | 'policy'
  | 'banditLog'
  | 'evaluations'
  | 'earlierEvaluations'
  | 'roundLog'
  | 'eventLog'
  | 'checkpoints'
  | 'rewardModels'
  | 'expectedEnd'
> {
  status: CampaignReport['status'];
  iterationsDone: number;
  notes: string[];
}

/** From the result of a campaign that is over; else from the campaign itself; else from its last checkpoint. */
export async function findStanding(
  client: Client,
  { handle, description }: FoundCampaign,
  store: ArtifactStore,
  histories: CampaignHistories,
): Promise<Standing> {
  const { input, checkpoints } = histories;
  const progress = checkpoints
    ? (await store.getJson(checkpoints.ref, campaignCheckpoint)).progress
    : (input.progress ?? null);
  const recorded = standingOf(histories, progress);
  const ended = description.status.name;
  if (ended === 'COMPLETED') {
    const result = await handle.result();
    return { ...recorded, ...result, status: result.regressed ? 'regressed' : result.status };
  }
  const status = ended === 'RUNNING' ? 'running' : ended === 'CANCELLED' ? 'cancelled' : 'failed';
  const state = await client.withDeadline(Date.now() + queryMilliseconds, () => queryState(handle));
  if (!state) return { ...recorded, status, notes: [noWorker] };
  return {
    ...state,
    ...(status === 'running' ? { status: state.phase } : { status, expectedEnd: null }),
    iterationsDone: state.iteration,
    // The rounds of an iteration that is under way, or did not end, are known to its history first.
    roundLog: recorded.roundLog ?? state.roundLog,
    notes: [],
  };
}

/** Time for a worker to read a long history again; where there is none, the server would wait for one. */
const queryMilliseconds = 10_000;

const noWorker =
  'No worker answers for this campaign, so all but its rounds is as of the last finished iteration. `laser up` starts a worker.';

function standingOf(
  { input, roundLog, checkpoints }: CampaignHistories,
  progress: CampaignProgress | null,
): Omit<Standing, 'status'> {
  return {
    policy: progress?.policy ?? null,
    banditLog: progress?.banditLog ?? null,
    evaluations: progress?.evaluations ?? [],
    earlierEvaluations: progress?.earlierEvaluations ?? null,
    eventLog: progress?.eventLog ?? null,
    roundLog: roundLog?.ref ?? progress?.roundLog ?? null,
    checkpoints: checkpoints?.ref ?? progress?.checkpoints ?? null,
    rewardModels: modelsOf(input.campaign, progress),
    iterationsDone: progress?.iteration ?? 0,
    expectedEnd: null,
    notes: [],
  };
}

function modelsOf(campaign: ResolvedCampaign, progress: CampaignProgress | null): CampaignState['rewardModels'] {
  return rewardModelStates(campaign, progress?.rewardModelChanges ?? { added: [], removed: [], masked: [] });
}
