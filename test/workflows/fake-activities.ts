import type { Activities } from '../../activities';
import { canonicalJson, sha256 } from '../../artifact-store';
import type { ArtifactRef } from '../../contract/artifact';
import type { EvaluationComparison } from '../../contract/evaluation';
import type { IterationReport } from '../../contract/iteration-run';
import type { ComparisonPlan } from '../../contract/comparison-run';
import type { ResolvedScheduledRun, ScheduledRun } from '../../contract/scheduled-campaign';
import type { TrainerActivities } from '../../contract/training';

type All = Activities & TrainerActivities;
export type Step = keyof All;

export interface Called {
  step: Step;
  iteration: number;
  round: number;
}

/** What a test puts in the way of a step: it may wait or throw. */
export type Hook = (called: Called) => Promise<void> | void;

const worse = {
  category: 'all',
  total: 10,
  before: { value: 0.9, low: 0.6, high: 1 },
  after: { value: 0.1, low: 0, high: 0.4 },
};

const verdicts = {
  ...{ wins: 6, ties: 1, losses: 3, flipped: 0, missing: 2 },
  meanLength: { policy: 8, baseline: 7 },
};

/**
 * Activities that keep their values in memory and compute nothing but names, each from all of its inputs: results are
 * equal only if every input on the way was. Rounds in `withoutPairs` give no preference pairs; with `isWorse` the last
 * policy is far below the first.
 */
export function fakeActivities() {
  const values = new Map<string, unknown>();
  const calls: Called[] = [];
  const control = {
    hook: (() => undefined) as Hook,
    withoutPairs: new Set<number>(),
    isWorse: false,
    compared: null as EvaluationComparison | null,
    alarms: (() => []) as (iteration: number, round: number) => string[],
    tellCampaign: (() => Promise.resolve()) as (workflowId: string, report: IterationReport) => Promise<void>,
    resolveRun: null as null | ((run: ScheduledRun) => Promise<ResolvedScheduledRun>),
  };

  const put = (value: unknown): ArtifactRef => {
    const text = canonicalJson(value);
    const ref = { sha256: sha256(text), bytes: text.length, mediaType: 'application/json' };
    values.set(ref.sha256, value);
    return ref;
  };
  const log = (ref: ArtifactRef) => values.get(ref.sha256) as { arms: string[]; observations: unknown[] };
  const done = { seconds: 1, reused: false };

  const answers = {
    drawProbes: () => ({ probes: [[1, 2]], ...done }),
    fingerprintPolicy: () => ({ logprobs: [-1], ...done }),
    recordFingerprint: (input) => ({ fingerprint: put(input) }),
    publishPolicy: () => ({ model: 'policy', difference: 0 }),
    evaluatePolicy: ({ policy }) => ({
      outcomes: put({ outcomesOf: policy }),
      byCategory: [{ category: 'sum', correct: policy.iteration, total: 1000 }],
      ...done,
    }),
    answerPrompts: ({ policy, temperature, seed }) => ({
      answers: put({ answersOf: policy, temperature, seed }),
      ...done,
    }),
    judgeAnswers: ({ judge, answers, baseline }) => ({
      outcomes: put({ judge, answers, baseline }),
      byCategory: [{ category: 'sum', correct: 6.5, total: 10, verdicts }],
      ...done,
    }),
    compareEvaluations: (input) => {
      if (control.compared) return control.compared;
      return control.isWorse
        ? { rows: [worse], pValue: 0.01 }
        : { rows: [], pValue: input.before.sha256 === input.after.sha256 ? 1 : 0.5 };
    },
    fitContextScaling: ({ prompts }) => ({ fitted: put({ fittedTo: prompts }), ...done }),
    createBandit: ({ arms, previous, learned }) => ({
      banditLog: put({ arms, ...(learned && { learned }), observations: previous ? log(previous).observations : [] }),
    }),
    creditEvaluation: ({ banditLog, before, after }) => ({
      banditLog: put({ ...log(banditLog), credited: [before.iteration, after.iteration] }),
      alarms: [{ rewardModelId: 'rm-a', category: 'sum', message: 'rm-a makes it worse' }],
    }),
    resolveScheduledCampaign: (run) => control.resolveRun!(run),
    embedLabelled: ({ labelled, policy, fitted }) => ({ contexts: put({ labelled, policy, fitted }), ...done }),
    scoreLabelled: ({ labelled, rewardModel }) => ({ scores: put({ labelled, rewardModel }), missing: 0, ...done }),
    learnSelection: ({ contexts, scoring }) => ({ learned: put({ contexts, scoring }), ...done }),
    drawPromptBatches: ({ label: { iteration }, seed }) => ({ plan: put({ iteration, seed }), ...done }),
    embedPrompts: ({ round, plan, policy, fitted }) => ({
      contexts: put({ contextOf: [round, plan, policy, fitted] }),
      dimension: 1,
      ...done,
    }),
    generateCompletions: ({ round, plan, policy, seed }) => ({
      completions: put({ completionsOf: [round, plan, policy, seed] }),
      tokens: 1,
      category: 'sum',
      ...done,
    }),
    selectRewardModels: ({ banditLog, contexts }) => {
      const { arms, observations } = log(banditLog);
      const rewardModelId = arms[observations.length % arms.length]!;
      return {
        decisions: put({ decisionOf: [banditLog, contexts] }),
        asked: [{ rewardModelId, prompts: null }],
        picks: { sum: { [rewardModelId]: 1 } },
        widths: { [rewardModelId]: 1 / (1 + observations.length) },
      };
    },
    routePairs: ({ banditLog, contexts, completions }) => ({
      decisions: put({ decisionOf: [banditLog, contexts] }),
      routes: put({ routesOf: completions }),
      asked: log(banditLog).arms.map((rewardModelId) => ({
        rewardModelId,
        prompts: null,
        completions: put({ partOf: [completions, rewardModelId] }),
      })),
      picks: {},
      widths: {},
    }),
    orderRoutedPairs: ({ routes, scoring }) => ({
      ...{ pairs: put({ routes, scoring }), unseenPairs: null, count: 4 },
      ...{ promptsWithoutPairs: {}, completionsLeftOut: {} },
    }),
    adjustBandit: ({ banditLog, wanted }) => ({ banditLog: put({ ...log(banditLog), ...wanted }) }),
    scoreCompletions: ({ completions, rewardModel }) => ({
      scores: put({ scoresOf: [completions, rewardModel] }),
      scored: 1,
      missing: 0,
      ...done,
    }),
    buildPreferencePairs: ({ label: { iteration, round }, completions, scoring, seed }) => {
      const none = control.withoutPairs.has(round);
      const pairs = put({ pairsOf: [iteration, round, completions, scoring, seed] });
      return {
        pairs: none ? null : pairs,
        unseenPairs: null,
        count: none ? 0 : 4,
        promptsWithoutPairs: {},
        completionsLeftOut: {},
      };
    },
    scheduleLearningRate: ({ learningRate, round, rounds }) => ({ learningRate: learningRate * (1 - round / rounds) }),
    trainPolicy: ({ checkpoint, referencePolicy, pairs, options, label: { iteration, round }, carriedOptimizer }) => ({
      adapter: put({ adapterOf: [checkpoint, referencePolicy, pairs, options, carriedOptimizer ?? null] }),
      checkpoint: put({ checkpointOf: [checkpoint, referencePolicy, pairs] }),
      metrics: { loss: 1 / (iteration + round), preferenceLoss: 0, nllLoss: 0, tokens: 100, optimizerSteps: 2 },
      pairLosses: put(null),
      unseenLosses: null,
      ...done,
    }),
    computeBanditReward: ({ terms: { loss: trainLoss }, iteration, round, decisions }) => ({
      observations: put({ iteration, round, decisions, rawReward: -trainLoss, reward: 1 - trainLoss }),
      rawReward: -trainLoss,
      reward: 1 - trainLoss,
      alarms: control.alarms(iteration, round).map((message) => ({ rewardModelId: 'rm-a', category: 'sum', message })),
      trustEvidence: control.alarms(iteration, round).length > 0,
    }),
    updateBandit: ({ banditLog, observations: ref, alarmIn }) => {
      const known = log(banditLog);
      const observations = [...known.observations, values.get(ref.sha256)];
      return { banditLog: put({ ...known, observations, ...(alarmIn && { alarmIn }) }) };
    },
    weighRewardModels: ({ banditLog, scoring }) => ({ banditLog: put({ ...log(banditLog), scoring }), losses: {} }),
    recordRound: ({ roundLog, round: { seconds: _seconds, reusedSteps: _reused, ...round } }) => ({
      roundLog: put({ roundLog, round }),
    }),
    reportRound: ({ workflowId, report }) => control.tellCampaign(workflowId, report),
    recordEvent: ({ eventLog, event: { at: _at, ...event } }) => ({ eventLog: put({ eventLog, event }) }),
    recordEvaluation: ({ log: previous, evaluation }) => ({ log: put({ evaluation, previous }) }),
    recordCheckpoint: ({ progress: { recentEvents: _events, ...progress } }) => ({ checkpoints: put(progress) }),
    planComparedCampaign: ({ plan, strategy, seed }) => {
      const { strategies } = values.get(plan.sha256) as ComparisonPlan;
      return { campaign: { ...strategies.find(({ name }) => name === strategy)!.campaign, seed } };
    },
    recordComparedRun: ({ result }) => ({ result: put(result) }),
    assembleComparison: (input) => ({ result: put(input) }),
    planChunks: ({ prompts, promptsPerChunk, tooLong }) => ({
      ...{ plan: put({ planOf: [prompts, promptsPerChunk, tooLong] }), prompts: put({ fitted: prompts }) },
      ...{ chunks: 3, cutPrompts: 1, ...done },
    }),
    pickCompletions: ({ label: { round }, split, pickLog, plan, completions, scoring, reward }) => ({
      pickLog: put({ pickLog, split, plan, completions, scoring }),
      observations: reward === null ? null : put({ split, round, reward }),
      ...{ prompts: 2, measured: 2, value: 1, first: 0, oracle: 2 },
      picks: Object.fromEntries(scoring.map(({ rewardModelId }) => [rewardModelId, 2])),
    }),
    assembleBestOfN: (input) => ({ result: put(input), lines: put({ linesOf: input.pickLog }) }),
  } as { [Name in Step]: (input: Parameters<All[Name]>[0]) => unknown };

  const activities = Object.fromEntries(
    Object.entries(answers).map(([step, answer]) => [
      step,
      async (input: { label?: Called } & Partial<Called>) => {
        const place = input.label ?? input;
        const called = { step: step as Step, iteration: place.iteration ?? 0, round: place.round ?? 0 };
        calls.push(called);
        await control.hook(called);
        return (answer as (input: unknown) => unknown)(input);
      },
    ]),
  );
  return { activities, calls, control, log, put, value: (ref: ArtifactRef) => values.get(ref.sha256) };
}
