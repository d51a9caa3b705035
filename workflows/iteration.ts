import { condition, continueAsNew, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import type { IterationInput, IterationResult, RoundSummary } from '../contract/campaign-run';
import { control } from './activity-proxies';
import { describeRounds } from './describe-rounds';
import { recentRoundsQuery, steerSignal } from './messages';
import { Prefetcher } from './prefetcher';
import { prepareRound, runRound, type RoundState } from './round';
import { addRound, noRounds } from './round-totals';

const keptRounds = 20;

/** Iteration m: T rounds that train π(m) from π(m−1). Continues as new at a round's edge before its history grows. */
export async function iterationWorkflow(input: IterationInput): Promise<IterationResult> {
  const { campaignId, campaign, iteration, progress } = input;
  const { durability, roundsPerIteration } = campaign;
  const steering = { paused: input.paused, stopRequested: progress?.stopRequested ?? false };
  const recentRounds: RoundSummary[] = [...(progress?.recentRounds ?? [])];
  let totals = progress?.totals ?? noRounds;
  setHandler(recentRoundsQuery, () => recentRounds);
  setHandler(steerSignal, (wanted) => void Object.assign(steering, wanted));

  const promptBatches = progress?.promptBatches ?? (await drawPromptBatches(input));
  const first = progress?.nextRound ?? 1;
  const lastOfRun = Math.min(roundsPerIteration, first + durability.roundsPerRun - 1);
  const prefetcher = new Prefetcher(
    (round) => prepareRound({ input, promptBatches, round }),
    durability.prefetchRounds,
    lastOfRun,
  );
  let state: RoundState = {
    banditLog: progress?.banditLog ?? input.banditLog,
    adapter: progress?.adapter ?? input.policy.adapter,
    checkpoint: progress?.checkpoint ?? null,
  };

  let stopped = false;
  for (let round = first; round <= roundsPerIteration; round += 1) {
    await condition(() => !steering.paused || steering.stopRequested);
    stopped = steering.stopRequested;
    if (stopped) break;
    const outcome = await runRound({ input, promptBatches, round }, state, prefetcher.take(round));
    state = outcome.state;
    totals = addRound(totals, outcome.summary);
    recentRounds.push(outcome.summary);
    recentRounds.splice(0, recentRounds.length - keptRounds);
    setCurrentDetails(describeRounds(recentRounds, roundsPerIteration));

    const more = round < roundsPerIteration;
    if (more && (round === lastOfRun || workflowInfo().continueAsNewSuggested)) {
      await prefetcher.drain();
      await continueAsNew<typeof iterationWorkflow>({
        ...input,
        paused: steering.paused,
        progress: {
          nextRound: round + 1,
          promptBatches,
          ...state,
          totals,
          recentRounds,
          stopRequested: steering.stopRequested,
        },
      });
    }
  }
  await prefetcher.drain();
  return { adapter: state.adapter, banditLog: state.banditLog, totals, stopped };

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
