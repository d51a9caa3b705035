import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { CampaignResult } from '../contract/campaign-run';
import {
  comparedCampaignId,
  type ComparedRun,
  type ComparisonInput,
  type ComparisonOutcome,
  type ComparisonPhase,
} from '../contract/comparison-run';
import { readFailure } from '../contract/read-failure';
import { tellFailure } from '../contract/tell-failure';
import { accuracyOf } from './accuracy-of';
import { control } from './activity-proxies';
import { campaignWorkflow } from './campaign';
import { describeComparison } from './describe-comparison';
import { installStop } from './install-stop';
import { comparisonStateQuery } from './messages';
import { planning, prepareComparison } from './prepare-comparison';
import { fixedAttributes, searchAttributes } from './search-attributes';

/**
 * Strategies × seeds, each a campaign of its own. What they share is in the store before the next one needs it: the first
 * policy is measured ahead of all, and campaigns of one seed run one after the other. A campaign that fails is reported,
 * and the others go on. Local activities are of no use here: at replay those of two campaigns may end in another order
 * than they did, and which campaign is next hangs on that order.
 */
export async function comparisonWorkflow(input: ComparisonInput): Promise<ComparisonOutcome> {
  const { comparisonId, plan, concurrency, searchable } = input;
  const runs = input.progress?.runs ?? waitingRuns(input);
  const campaigns = new CancellationScope();
  let phase: ComparisonPhase = 'preparing';
  let startedInRun = 0;
  setHandler(comparisonStateQuery, () => ({ comparisonId, phase, runs }));
  const stop = installStop({
    name: `Comparison ${comparisonId}`,
    isOver: () => phase === 'finished' || phase === 'stopped',
    stop: () => {
      campaigns.cancel();
      return 'stops now; every finished step is kept, and it can be run again.';
    },
    description: 'Give up the campaigns under way and compare what is finished',
  });

  enter('preparing');
  if (!input.progress) {
    const failures = await prepareComparison(input);
    for (const run of runs) {
      const failure = failures.get(run.strategy);
      if (failure !== undefined) Object.assign(run, { status: 'failed', failure });
    }
  }
  enter('running');
  await Promise.all(Array.from({ length: concurrency }, runInTurn));
  if (!stop.requested && runs.some(isWaiting)) {
    await condition(allHandlersFinished);
    await continueAsNew<typeof comparisonWorkflow>({ ...input, progress: { runs } });
  }
  enter('assembling');
  const over = runs.filter(({ status }) => status === 'finished').length;
  const { result } = await control({
    activityId: 'assemble-comparison',
    summary: `${over} of ${runs.length} campaigns`,
  }).assembleComparison({ plan, runs });
  const status = stop.requested ? 'stopped' : 'finished';
  enter(status);
  await condition(allHandlersFinished);
  return { status, result, runs };

  /** Campaign after campaign, as long as there is one whose seed is free. */
  async function runInTurn(): Promise<void> {
    for (;;) {
      await condition(() => isEnough() || !runs.some(isWaiting) || next() !== undefined);
      if (isEnough() || !runs.some(isWaiting)) return;
      const run = next();
      if (run === undefined) continue;
      startedInRun += 1;
      await runCampaign(run);
    }
  }

  function next(): ComparedRun | undefined {
    const busy = new Set(runs.filter(({ status }) => status === 'running').map(({ seed }) => seed));
    return runs.find((run) => isWaiting(run) && !busy.has(run.seed));
  }

  function isEnough(): boolean {
    return stop.requested || startedInRun >= input.campaignsPerRun || workflowInfo().continueAsNewSuggested;
  }

  async function runCampaign(run: ComparedRun): Promise<void> {
    const { strategy, seed, campaignId } = run;
    change(run, { status: 'running' });
    try {
      const { campaign } = await planning(strategy, seed).planComparedCampaign({ plan, strategy, seed });
      const result: CampaignResult = await campaigns.run(() =>
        executeChild(campaignWorkflow, {
          workflowId: `laser-${campaignId}`,
          args: [{ campaignId, campaign, searchable }],
          parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
          ...(searchable && {
            typedSearchAttributes: [
              ...fixedAttributes(campaignId, campaign),
              { key: searchAttributes.comparison, value: comparisonId },
            ],
          }),
          staticSummary: `${strategy} · seed ${seed}`,
        }),
      );
      const recorded = await control({
        activityId: `record-${strategy}-s${seed}`,
        summary: `${strategy} · seed ${seed}`,
      }).recordComparedRun({ result });
      const status = result.status === 'finished' || result.budgetReached ? 'finished' : 'stopped';
      change(run, { status, accuracy: accuracyOf(result.evaluations), result: recorded.result });
    } catch (error) {
      if (CancellationScope.current().consideredCancelled) throw error;
      if (stop.requested && isCancellation(error)) change(run, { status: 'stopped' });
      else change(run, { status: 'failed', failure: tellFailure(campaignId, readFailure(error)) });
    }
  }

  function change(run: ComparedRun, to: Partial<ComparedRun>): void {
    Object.assign(run, to);
    show();
  }

  function enter(next: ComparisonPhase): void {
    phase = next;
    show();
    if (searchable) upsertSearchAttributes([{ key: searchAttributes.phase, value: phase }]);
  }

  function show(): void {
    setCurrentDetails(describeComparison({ comparisonId, phase, runs }));
  }
}

function isWaiting({ status }: ComparedRun): boolean {
  return status === 'waiting';
}

function waitingRuns({ comparisonId, strategies, seeds }: ComparisonInput): ComparedRun[] {
  return strategies.flatMap((strategy) =>
    seeds.map((seed) => ({
      ...{ strategy, seed, campaignId: comparedCampaignId(comparisonId, strategy, seed) },
      ...{ status: 'waiting' as const, accuracy: null, result: null, failure: null },
    })),
  );
}
