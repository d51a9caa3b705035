import { addSpent, reachedLimits } from '../algorithm/cost/spent';
import { condition, continueAsNew, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import type { RoundSummary } from '../contract/campaign-run';
import type { IterationInput, IterationResult, IterationSteering } from '../contract/iteration-run';
import { control, local } from './activity-proxies';
import { describeRounds } from './describe-rounds';
import { recentRoundsQuery, steerSignal } from './messages';
import { Prefetcher } from './prefetcher';
import { prepareRound, runRound, type RoundState } from './round';
import { addRound, noRounds } from './round-totals';
import { askableRewardModels } from './reward-models-in-use';

const keptRounds = 20;
/** The campaign hears of rounds no more often than this, milliseconds: its history grows with each report. */
const reportInterval = 3000;

/** Iteration m: T rounds that train π(m) from π(m−1). Continues as new at a round's edge before its history grows. */
export async function iterationWorkflow(input: IterationInput): Promise<IterationResult> {
  const { campaignId, campaign, iteration, progress } = input;
  const { durability, roundsPerIteration } = campaign;
  let steering: IterationSteering = input.steering;
  let changesApplied = progress?.changesApplied ?? 0;
  let reportedAt = 0;
  const recentRounds: RoundSummary[] = [...(progress?.recentRounds ?? [])];
  let totals = progress?.totals ?? noRounds;
  const alarms = [...(progress?.alarms ?? [])];
  setHandler(recentRoundsQuery, () => recentRounds);
  setHandler(steerSignal, (wanted) => void (steering = wanted));

  const promptBatches = progress?.promptBatches ?? (await drawPromptBatches(input));
  const first = progress?.nextRound ?? 1;
  const lastOfRun = Math.min(roundsPerIteration, first + durability.roundsPerRun - 1);
  const prefetcher = new Prefetcher(
    (round) => prepareRound({ input, promptBatches, round }),
    prefetchRounds,
    lastOfRun,
  );
  let state: RoundState = {
    banditLog: progress?.banditLog ?? input.banditLog,
    roundLog: progress?.roundLog ?? input.roundLog,
    adapter: progress?.adapter ?? input.policy.adapter,
    checkpoint: progress?.checkpoint ?? null,
  };

  let stopped = false;
  for (let round = first; round <= roundsPerIteration; round += 1) {
    await condition(() => !steering.paused || steering.stopRequested);
    stopped = steering.stopRequested || isBudgetSpent();
    if (stopped) break;
    await applyChanges(round);
    const outcome = await runRound({ input, promptBatches, round }, state, prefetcher.take(round), steering);
    state = outcome.state;
    totals = addRound(totals, outcome.summary);
    recentRounds.push(outcome.summary);
    recentRounds.splice(0, recentRounds.length - keptRounds);
    setCurrentDetails(describeRounds(recentRounds, roundsPerIteration));
    alarms.push(...outcome.alarms);
    await report(outcome.summary, outcome.alarms.length > 0);

    const more = round < roundsPerIteration;
    if (more && (round === lastOfRun || workflowInfo().continueAsNewSuggested)) {
      await prefetcher.drain();
      await continueAsNew<typeof iterationWorkflow>({
        ...input,
        steering,
        progress: { nextRound: round + 1, promptBatches, ...state, totals, recentRounds, changesApplied, alarms },
      });
    }
  }
  await prefetcher.drain();
  return { ...state, totals, alarms, stopped };

  function isBudgetSpent(): boolean {
    return reachedLimits(campaign.budget, addSpent(input.spent, totals.spent)).length > 0;
  }

  function prefetchRounds(): number {
    return steering.settings.prefetchRounds ?? durability.prefetchRounds;
  }

  async function applyChanges(round: number): Promise<void> {
    const { changes, settings, rewardModelChanges } = steering;
    const { alpha, posteriorScale } = settings;
    if (changes === changesApplied) return;
    const { banditLog } = await local.adjustBandit({
      banditLog: state.banditLog,
      iteration,
      round,
      wanted: {
        ...(alpha !== undefined && { alpha }),
        ...(posteriorScale !== undefined && { posteriorScale }),
        arms: askableRewardModels(campaign, rewardModelChanges).map(({ id }) => id),
        masked: rewardModelChanges.masked,
      },
    });
    state = { ...state, banditLog };
    changesApplied = changes;
  }

  /** By an activity: a signal of the workflow's own would cost five events a round, this one costs one. */
  async function report(newest: RoundSummary, isUrgent: boolean): Promise<void> {
    const { parent } = workflowInfo();
    const now = Date.now();
    if (!parent || state.roundLog === null || (now - reportedAt < reportInterval && !isUrgent)) return;
    reportedAt = now;
    const { roundLog } = state;
    await local.reportRound({ workflowId: parent.workflowId, report: { iteration, totals, roundLog, newest, alarms } });
  }

  async function drawPromptBatches({ campaign: { trainPrompts: prompts } }: IterationInput) {
    const { plan } = await control({
      activityId: `i${String(iteration).padStart(2, '0')}-draw-prompt-batches`,
      summary: `${roundsPerIteration} rounds × ${campaign.promptBatchSize} prompts`,
      durability,
    }).drawPromptBatches({
      label: { campaignId, iteration, round: 0 },
      prompts,
      rounds: roundsPerIteration,
      promptBatchSize: campaign.promptBatchSize,
      batching: campaign.batching,
      seed: campaign.seed,
    });
    return plan;
  }
}
