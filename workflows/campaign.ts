import {
  allHandlersFinished,
  condition,
  continueAsNew,
  ParentClosePolicy,
  setCurrentDetails,
  setHandler,
  startChild,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  CampaignInput,
  CampaignPhase,
  CampaignProgress,
  CampaignResult,
  CampaignState,
  IterationResult,
} from '../contract/campaign-run';
import { local } from './activity-proxies';
import { describeCampaign } from './describe-campaign';
import { hasRegressed } from './has-regressed';
import { iterationWorkflow } from './iteration';
import { campaignStateQuery, steerSignal } from './messages';
import { evaluatePolicy, publishPolicy } from './policy-steps';
import { prepareCampaign } from './prepare-campaign';
import { addTotals, noRounds } from './round-totals';
import { currentAttributes, fixedAttributes } from './search-attributes';
import { installSteering } from './steering';

/** M iterations, each a child workflow; after each, the new policy is published, checked and measured. */
export async function campaignWorkflow(input: CampaignInput): Promise<CampaignResult> {
  const { campaignId, campaign } = input;
  const { evaluation, durability, iterations } = campaign;
  const steering = {
    paused: input.progress?.paused ?? false,
    stopRequested: input.progress?.stopRequested ?? false,
  };
  let phase: CampaignPhase = 'preparing';
  let running: { iteration: number; workflowId: string } | null = null;
  let known = input.progress;
  setHandler(campaignStateQuery, describeState);
  installSteering({
    campaignId,
    steering,
    runningIteration: () => running?.workflowId ?? null,
    isOver,
    onChange: showState,
  });

  let progress = input.progress ?? (await prepareCampaign(input));
  for (let iteration = progress.iteration + 1; iteration <= iterations; iteration += 1) {
    if (steering.stopRequested) break;
    enter('training', progress);
    const trained = await trainIteration(iteration, progress);
    enter('publishing', progress);
    const policy = await publishPolicy(input, iteration, trained.adapter, progress.probes);
    const totals = addTotals(progress.totals, trained.totals);
    progress = { ...progress, policy, totals, banditLog: trained.banditLog };
    if (trained.stopped) break;

    progress = { ...progress, iteration };
    if (iteration % evaluation.everyIterations === 0 || iteration === iterations) {
      enter('evaluating', progress);
      progress = { ...progress, evaluations: [...progress.evaluations, await evaluatePolicy(input, policy)] };
    }
    if (iteration === iterations) break;
    await condition(() => !steering.paused || steering.stopRequested);
    if (steering.stopRequested) break;
    const iterationsOfRun = iteration - (input.progress?.iteration ?? 0);
    if (iterationsOfRun >= durability.iterationsPerRun || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof campaignWorkflow>({ ...input, progress: { ...progress, ...steering } });
    }
  }

  const status = progress.iteration === iterations ? 'finished' : 'stopped';
  enter(status, progress);
  const { policy, banditLog, contextScaling, evaluations, totals, roundLog, eventLog, checkpoints } = progress;
  const [before, after] = [evaluations.at(0), evaluations.at(-1)];
  const comparison =
    before && after && before !== after
      ? await local.compareEvaluations({ before: before.outcomes, after: after.outcomes })
      : null;
  const regressed = hasRegressed(comparison);
  if (regressed && input.gate === true) enter('regressed', progress);
  await condition(allHandlersFinished);
  const lineage = input.start?.lineage ?? null;
  const logs = { roundLog, eventLog, checkpoints };
  return { status, policy, banditLog, contextScaling, lineage, evaluations, comparison, regressed, totals, ...logs };

  async function trainIteration(iteration: number, from: CampaignProgress): Promise<IterationResult> {
    const { policy, banditLog, contextScaling } = from;
    const workflowId = `${workflowInfo().workflowId}/it-${String(iteration).padStart(2, '0')}`;
    const { paused } = steering;
    try {
      const child = await startChild(iterationWorkflow, {
        workflowId,
        args: [{ campaignId, campaign, iteration, policy, banditLog, contextScaling, paused }],
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        ...(input.searchable && { typedSearchAttributes: fixedAttributes(campaignId, campaign) }),
        staticSummary: `iteration ${iteration} of ${iterations} · ${campaign.roundsPerIteration} rounds`,
      });
      running = { iteration, workflowId };
      // An update that came while the iteration was being started could not reach it.
      if (steering.paused !== paused || steering.stopRequested) await child.signal(steerSignal, { ...steering });
      return await child.result();
    } finally {
      running = null;
    }
  }

  function enter(next: CampaignPhase, progressNow: CampaignProgress): void {
    phase = next;
    known = progressNow;
    showState();
    if (input.searchable) upsertSearchAttributes(currentAttributes(describeState()));
  }

  function showState(): void {
    setCurrentDetails(describeCampaign(describeState()));
  }

  function isOver(): boolean {
    return phase === 'finished' || phase === 'stopped' || phase === 'regressed';
  }

  function describeState(): CampaignState {
    return {
      campaignId,
      phase: steering.paused && !isOver() ? 'paused' : phase,
      iteration: known?.iteration ?? 0,
      runningIteration: running?.iteration ?? null,
      iterations,
      roundsPerIteration: campaign.roundsPerIteration,
      ...steering,
      policy: known?.policy ?? null,
      banditLog: known?.banditLog ?? null,
      evaluations: known?.evaluations ?? [],
      totals: known?.totals ?? noRounds,
      roundLog: known?.roundLog ?? null,
      eventLog: known?.eventLog ?? null,
      checkpoints: known?.checkpoints ?? null,
      recentEvents: known?.recentEvents ?? [],
      settings: known?.settings ?? {},
      rewardModels: campaign.rewardModels.map(({ id, kind }) => ({ id, kind, status: 'active' })),
      expectedEnd: null,
    };
  }
}
