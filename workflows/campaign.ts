import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  ParentClosePolicy,
  setCurrentDetails,
  setHandler,
  startChild,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { reachedLimits } from '../algorithm/cost/spent';
import { readsHeldOut } from '../contract/bandit-reward-needs';
import type { CampaignInput, CampaignPhase, CampaignProgress, CampaignResult } from '../contract/campaign-run';
import type { EvaluationSummary } from '../contract/evaluation';
import type { IterationResult } from '../contract/iteration-run';
import type { PolicyVersion } from '../contract/policy';
import { local } from './activity-proxies';
import { carryEvaluation } from './carry-evaluation';
import { describeCampaign } from './describe-campaign';
import { failCampaign } from './fail-campaign';
import { hasRegressed } from './has-regressed';
import { iterationWorkflow } from './iteration';
import { learnAnew } from './learn-anew';
import { liveCampaign, stateOf, type LiveCampaign } from './live-campaign';
import { campaignStateQuery, roundFinishedSignal, steerSignal } from './messages';
import { evaluatePolicy, publishPolicy } from './policy-steps';
import { prepareCampaign } from './prepare-campaign';
import { arrivingIn, changeRewardModels } from './reward-model-changes';
import { addTotals } from './round-totals';
import { currentAttributes, fixedAttributes } from './search-attributes';
import { spentSoFar } from './spent-so-far';
import { installSteering } from './steering';

/** M iterations, each a child workflow; after each, the new policy is published, checked and measured. */
export async function campaignWorkflow(input: CampaignInput): Promise<CampaignResult> {
  const live = liveCampaign(input);
  try {
    return await runIterations(live);
  } catch (error) {
    throw await failCampaign(live, error);
  }
}

async function runIterations(live: LiveCampaign): Promise<CampaignResult> {
  const { input, events } = live;
  const { campaignId, campaign } = input;
  const { evaluation, durability, iterations } = campaign;
  let iterationScope: CancellationScope | null = null;
  let alarmsTold = 0;
  setHandler(campaignStateQuery, () => stateOf(live));
  setHandler(roundFinishedSignal, (report) => {
    if (report.iteration !== live.running?.iteration) return;
    live.report = report;
    // Where an event cannot be written, the next one on the main line says so.
    tellAlarms(report.iteration, report.alarms).catch(() => undefined);
    showEverywhere();
  });
  installSteering({ live, onChange: showState, cancelIteration: () => iterationScope?.cancel() });

  if (!input.progress) await events.record('started', 0, `Campaign ${campaignId} started.`);
  const known = input.progress ?? (await prepareCampaign(input));
  let progress = (live.progress = known.relearn ? await learnAnew(input, known) : known);
  restartPace();
  for (let iteration = progress.iteration + 1; iteration <= iterations; iteration += 1) {
    if (live.steering.stopRequested || limitsReached().length > 0) break;
    await welcomeArrivals(iteration);
    enter('training');
    const trained = await trainIteration(iteration, progress);
    if (trained === null) break;
    await tellAlarms(iteration, trained.alarms);
    alarmsTold = 0;
    if (campaign.approval === 'everyIteration' && !(await isApproved(iteration))) break;
    enter('publishing');
    const policy = await publishPolicy(input, iteration, trained.adapter, progress.probes);
    const { banditLog, roundLog, checkpoint: optimizer } = trained;
    const isCarried = campaign.training.optimizerState === 'carried' && optimizer;
    const totals = addTotals(progress.totals, trained.totals);
    keep({ policy, totals, banditLog, roundLog, ...(isCarried && { carriedOptimizer: optimizer }) });
    if (trained.stopped) break;

    keep({ iteration });
    const everyIterations = live.steering.settings.everyIterations ?? evaluation.everyIterations;
    if (iteration % everyIterations === 0 || iteration === iterations) {
      const before = progress.evaluations.at(-1);
      const after = await measure(policy);
      if (before) await creditEvaluation(before, after);
    }
    await events.record('iterationFinished', iteration, `Iteration ${iteration} of ${iterations} is done.`);
    await checkpoint();
    if (iteration === iterations) break;
    await condition(() => !live.steering.paused || live.steering.stopRequested);
    if (live.steering.stopRequested) break;
    const iterationsOfRun = iteration - (input.progress?.iteration ?? 0);
    if (iterationsOfRun >= durability.iterationsPerRun || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof campaignWorkflow>({ ...input, progress: carried() });
    }
  }

  const status: CampaignResult['status'] = progress.iteration === iterations ? 'finished' : 'stopped';
  const limits = status === 'stopped' ? limitsReached() : [];
  if (limits.length > 0) {
    if (progress.evaluations.at(-1)?.iteration !== progress.policy.iteration) await measure(progress.policy);
    await events.record('budgetReached', progress.iteration, `The budget is spent: ${limits.join(', ')}.`);
  }
  const { policy, banditLog, contextScaling, evaluations, earlierEvaluations, totals, carriedOptimizer } = progress;
  const [before, after] = [evaluations.at(0), evaluations.at(-1)];
  const comparison =
    before && after && before !== after
      ? await local.compareEvaluations({ before: before.outcomes, after: after.outcomes })
      : null;
  const regressed = hasRegressed(comparison, evaluation);
  const last = regressed && input.gate === true ? 'regressed' : status;
  await events.record(last, progress.iteration, `Campaign ${campaignId} has ${endings[last]}.`);
  enter(last);
  await condition(allHandlersFinished);
  const lineage = input.start?.lineage ?? null;
  const { roundLog, checkpoints } = progress;
  const logs = { roundLog, eventLog: events.head, checkpoints };
  const measured = { evaluations, earlierEvaluations, comparison, regressed };
  const outcome = { status, policy, banditLog, contextScaling, lineage, ...measured, totals };
  return { ...outcome, budgetReached: limits.length > 0, ...(carriedOptimizer && { carriedOptimizer }), ...logs };

  /** null: people stopped it in the middle of a round. */
  async function trainIteration(iteration: number, from: CampaignProgress): Promise<IterationResult | null> {
    const { policy, banditLog, contextScaling, roundLog, carriedOptimizer } = from;
    const workflowId = `${workflowInfo().workflowId}/it-${String(iteration).padStart(2, '0')}`;
    const told = live.steering;
    iterationScope = new CancellationScope();
    try {
      return await iterationScope.run(async () => {
        const child = await startChild(iterationWorkflow, {
          workflowId,
          args: [
            {
              ...{ campaignId, campaign, iteration, policy, banditLog, contextScaling, roundLog, steering: told },
              ...(carriedOptimizer && { carriedOptimizer }),
              spent: spentSoFar(input, from),
            },
          ],
          parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
          ...(input.searchable && { typedSearchAttributes: fixedAttributes(campaignId, campaign) }),
          staticSummary: `iteration ${iteration} of ${iterations} · ${campaign.roundsPerIteration} rounds`,
        });
        live.running = { iteration, workflowId };
        // An update that came while the iteration was being started could not reach it.
        if (live.steering !== told) await child.signal(steerSignal, live.steering);
        return await child.result();
      });
    } catch (error) {
      if (live.stopNow && isCancellation(error)) return null;
      throw error;
    } finally {
      iterationScope = null;
      live.running = null;
      live.report = null;
    }
  }

  /** Reward models whose first iteration this is. */
  async function welcomeArrivals(iteration: number): Promise<void> {
    for (const id of arrivingIn(iteration, campaign, live.steering.rewardModelChanges)) {
      const { rewardModelChanges: before, changes } = live.steering;
      const rewardModelChanges = changeRewardModels(before, { action: 'unmask', rewardModelId: id });
      live.steering = { ...live.steering, rewardModelChanges, changes: changes + 1 };
      await events.record('rewardModelUnmasked', iteration, `Campaign ${campaignId} may ask ${id} from now on.`);
    }
  }

  /** The bandit hears of held-out accuracy, or win rate, where its reward, or the guard of that, is made of it. */
  async function creditEvaluation(before: EvaluationSummary, after: EvaluationSummary): Promise<void> {
    const { banditReward: options, trainPrompts } = campaign;
    const { banditLog: from, roundLog } = progress;
    if (!readsHeldOut(options) || roundLog === null) return;
    const { banditLog, alarms } = await local.creditEvaluation({
      ...{ options, banditLog: from, roundLog, trainPrompts },
      before: { iteration: before.iteration, outcomes: before.outcomes },
      after: { iteration: after.iteration, outcomes: after.outcomes },
    });
    keep({ banditLog });
    for (const { message } of alarms) await events.record('rewardMisleads', after.iteration, message);
  }

  /** The iteration tells all of its alarms each time, as a report of it may be lost. */
  async function tellAlarms(iteration: number, alarms: readonly string[]): Promise<void> {
    const news = alarms.slice(alarmsTold);
    alarmsTold = Math.max(alarmsTold, alarms.length);
    await Promise.all(news.map((message) => events.record('rewardMisleads', iteration, message)));
  }

  async function isApproved(iteration: number): Promise<boolean> {
    live.approval = { iteration, approved: null };
    enter('awaitingApproval');
    await events.record('approvalAwaited', iteration, `Policy ${iteration} waits for approval.`);
    await condition(() => live.approval?.approved !== null || live.steering.stopRequested);
    const { approved } = live.approval;
    live.approval = null;
    restartPace();
    return approved === true;
  }

  function limitsReached(): string[] {
    return reachedLimits(campaign.budget, spentSoFar(input, progress));
  }

  async function measure(policy: PolicyVersion): Promise<EvaluationSummary> {
    enter('evaluating');
    const evaluation = await evaluatePolicy(input, policy, progress.evaluations.at(0));
    keep(await carryEvaluation(progress, evaluation));
    return evaluation;
  }

  function keep(change: Partial<CampaignProgress>): void {
    progress = live.progress = { ...progress, ...change };
  }

  async function checkpoint(): Promise<void> {
    const { checkpoints } = await local.recordCheckpoint({ progress: carried() });
    keep({ checkpoints });
  }

  function carried(): CampaignProgress {
    const { paused, stopRequested, settings, rewardModelChanges, changes } = live.steering;
    const steering = { paused, stopRequested, settings, rewardModelChanges, changes };
    const { head: eventLog, count: eventCount, recent } = events;
    return { ...progress, ...steering, eventLog, eventCount, recentEvents: [...recent] };
  }

  function restartPace(): void {
    live.pace = { since: Date.now(), rounds: progress.totals.rounds };
  }

  function enter(next: CampaignPhase): void {
    live.phase = next;
    showEverywhere();
  }

  function showEverywhere(): void {
    showState();
    if (input.searchable) upsertSearchAttributes(currentAttributes(stateOf(live)));
  }

  function showState(): void {
    setCurrentDetails(describeCampaign(stateOf(live)));
  }
}

const endings = { finished: 'finished', stopped: 'stopped', regressed: 'finished worse than it started' };
