import type { Client } from '@temporalio/client';
import { readContext } from '../../activities/recall-bandit';
import { withAllEvaluations } from '../../activities/with-all-evaluations';
import { isWinRate, outcomePoints } from '../../algorithm';
import { canonicalJson, sha256, type ArtifactStore } from '../../artifact-store';
import { eventLogLink } from '../../contract/campaign-event';
import { campaignCheckpoint, type ResolvedCampaign } from '../../contract/campaign-run';
import { measuredOutcome, type EvaluationSummary } from '../../contract/evaluation';
import { promptRecord } from '../../contract/round';
import { roundLogLink, type RoundRecord } from '../../contract/round-record';
import { loggedChoices, readLog, type PolicyOutcomes, type ReportInputs } from '../../report';
import { describeFailure } from '../describe-failure';
import type { FoundCampaign } from '../find-campaign';
import { findStanding, type Standing } from './find-standing';
import { pendingRetries } from './pending-retries';
import { readHistories, type CampaignHistories } from './read-histories';

/** All that a report says, from Temporal and the artifact store. @throws ArtifactMissingError where the store is another one */
export async function collectReport(client: Client, store: ArtifactStore, found: FoundCampaign): Promise<ReportInputs> {
  const { campaignId, handle, description } = found;
  const { workflowId } = handle;
  const histories = await readHistories(client, { workflowId, runId: description.runId });
  const standing = await withAllEvaluations(store, await findStanding(client, found, store, histories));
  const { campaign, start } = histories.input;
  const rounds = (await readLog(store, standing.roundLog, roundLogLink)).map(({ round }) => round);
  const isRunning = description.status.name === 'RUNNING';
  return {
    campaignId,
    workflowId,
    madeAt: new Date().toISOString(),
    status: standing.status,
    startedAt: histories.startedAt,
    endedAt: description.closeTime?.toISOString() ?? null,
    expectedEnd: standing.expectedEnd,
    failure: isRunning || description.status.name === 'COMPLETED' ? null : await failureOf(found),
    notes: [...standing.notes, ...forgotten(histories)],
    campaign,
    iterationsDone: standing.iterationsDone,
    categoryOfPrompt: await categoriesOfPrompts(store, rounds, histories),
    rounds,
    contexts: await contextsOf(store, campaign, rounds),
    events: (await readLog(store, standing.eventLog, eventLogLink)).map(({ event }) => event),
    evaluations: standing.evaluations,
    compared: await comparedPolicies(store, standing.evaluations),
    rewardModels: standing.rewardModels,
    retries: [...histories.retries, ...(isRunning ? await pending(client, histories, workflowId) : [])],
    workflowTaskFaults: histories.workflowTaskFaults,
    lineage: {
      continuesFrom: start?.lineage ?? null,
      policies: await policiesOf(store, standing, start?.adapter ?? null),
      banditLog: standing.banditLog,
      roundLog: standing.roundLog,
      eventLog: standing.eventLog,
      checkpoints: standing.checkpoints,
    },
    configuration: sha256(canonicalJson(campaign)),
  };
}

async function failureOf({ campaignId, handle }: FoundCampaign): Promise<string> {
  try {
    await handle.result();
  } catch (error) {
    return describeFailure(campaignId, error);
  }
  throw new TypeError(`Campaign ${campaignId} is over without a result, and without a failure.`);
}

async function pending(client: Client, { runningChildren }: CampaignHistories, workflowId: string) {
  const open = await Promise.all([workflowId, ...runningChildren].map((id) => pendingRetries(client, id)));
  return open.flat();
}

function forgotten({ forgottenRuns }: CampaignHistories): string[] {
  return forgottenRuns === 0
    ? []
    : [
        `Temporal no longer keeps ${forgottenRuns} of the campaign’s earlier runs: faults of that time are not counted.`,
      ];
}

/** Choices for single prompts are counted by the prompts' categories. */
async function categoriesOfPrompts(
  store: ArtifactStore,
  rounds: readonly RoundRecord[],
  { input }: CampaignHistories,
): Promise<Record<string, string>> {
  const isNeeded = rounds.some(({ decisions }) => decisions.some(({ scope }) => scope !== null));
  const prompts = isNeeded ? await store.getJsonLines(input.campaign.trainPrompts, promptRecord) : [];
  return Object.fromEntries(prompts.map(({ promptId, category = 'all' }) => [promptId, category]));
}

/** Contexts are large, and looked at only where reward models are chosen by a bandit that may be asked what others were worth. */
async function contextsOf(store: ArtifactStore, { selection }: ResolvedCampaign, rounds: readonly RoundRecord[]) {
  const logged = selection.type === 'laser' || selection.type === 'random' ? loggedChoices(rounds) : [];
  const contexts = new Map<string, readonly number[]>();
  for (const { context } of logged.map(({ decision }) => decision)) {
    if (context !== null && !contexts.has(context)) contexts.set(context, await readContext(store, context));
  }
  return contexts;
}

async function comparedPolicies(
  store: ArtifactStore,
  evaluations: readonly EvaluationSummary[],
): Promise<ReportInputs['compared']> {
  const [first, last] = [evaluations.at(0), evaluations.at(-1)];
  if (!first || !last || first === last) return null;
  return { first: await outcomesOf(store, first), last: await outcomesOf(store, last) };
}

async function outcomesOf(store: ArtifactStore, evaluation: EvaluationSummary): Promise<PolicyOutcomes> {
  const lines = await store.getJsonLines(evaluation.outcomes, measuredOutcome);
  return {
    iteration: evaluation.iteration,
    measure: isWinRate(evaluation.byCategory) ? 'winRate' : 'accuracy',
    outcomes: lines.map((line) => ({
      promptId: line.promptId,
      category: line.category,
      points: outcomePoints(line),
    })),
  };
}

/** π(0), then the policy of every checkpoint, then the newest if no checkpoint has it yet. */
async function policiesOf(
  store: ArtifactStore,
  { checkpoints, policy }: Standing,
  adapter: ReportInputs['lineage']['policies'][number]['adapter'],
): Promise<ReportInputs['lineage']['policies']> {
  const kept = (await readLog(store, checkpoints, campaignCheckpoint)).map(({ progress }) => progress.policy);
  const policies = new Map<number, ReportInputs['lineage']['policies'][number]>([
    [0, { iteration: 0, adapter, fingerprint: null }],
  ]);
  for (const known of [...kept, ...(policy ? [policy] : [])]) policies.set(known.iteration, known);
  return [...policies.values()].sort((left, right) => left.iteration - right.iteration);
}
