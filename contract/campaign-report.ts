import { z } from 'zod';
import { artifactRef, sha256Hex } from './artifact';
import { campaignEvent } from './campaign-event';
import { costLedger } from './cost-ledger';
import { categoryAccuracy } from './evaluation';
import { trainingMetrics } from './training';

const share = z.number().min(0).max(1);
const count = z.int().nonnegative();
const seconds = z.number().nonnegative();
const time = z.iso.datetime();
const interval = { low: z.number(), high: z.number() };
/** A share of prompts with its 95 % interval: Wilson’s of an accuracy, adjusted Wald of a win rate. */
const measuredShare = z.strictObject({ value: share, low: share, high: share });

const categoryRow = z.strictObject({
  ...categoryAccuracy.shape,
  accuracy: measuredShare.describe('Or the win rate, where there are verdicts.'),
});
export const policyAccuracy = z.strictObject({
  iteration: count,
  all: categoryRow,
  byCategory: z.array(categoryRow).describe('Empty where there is one category only.'),
  seconds,
});
export type PolicyAccuracy = z.infer<typeof policyAccuracy>;

/** Two policy versions on the same held-out prompts. */
export const pairedAccuracy = z.strictObject({
  from: count.describe('Iteration of the first policy; 0 is the one the campaign began with.'),
  to: count,
  rows: z.array(
    z.strictObject({
      category: z.string().describe('"all" is the last row.'),
      total: z.int().positive(),
      before: measuredShare,
      after: measuredShare,
      difference: z
        .strictObject({ value: z.number(), ...interval })
        .describe('after − before; 95 % interval of the paired bootstrap, categories kept in size.'),
      gained: count.describe('Prompts that only the second got right; of a win rate, that went better.'),
      lost: count.describe('Prompts that only the first got right; of a win rate, that went worse.'),
    }),
  ),
  pValue: share.describe('Exact two-sided p over all prompts: McNemar’s test; of a win rate, the sign test.'),
});
export type PairedAccuracy = z.infer<typeof pairedAccuracy>;

/** What one reward model came to over the campaign. */
export const rewardModelReport = z.strictObject({
  rewardModelId: z.string(),
  kind: z.string().nullable(),
  revision: z.string().nullable(),
  status: z.enum(['active', 'masked', 'removed']),
  picks: count.describe('Decisions for it: one a round, or one a category or prompt.'),
  roundsAsked: count,
  pickShare: share.nullable().describe('Of all decisions; null before the first.'),
  meanBanditReward: share.nullable().describe('Over its rewarded decisions.'),
  lastMean: z.number().nullable().describe('θ·c at the newest decision.'),
  lastWidth: z.number().nullable(),
  scored: count,
  missing: count,
  tiedShare: share.nullable().describe('Mean over its rounds, weighted by scores.'),
  scoringSeconds: seconds,
  trainingSeconds: seconds.describe('Of the rounds that asked it, split by decisions where a round has several.'),
  generatedTokens: z.number().nonnegative().describe('Of the rounds that asked it, split likewise.'),
});
export type RewardModelReport = z.infer<typeof rewardModelReport>;

/** A round as it is plotted: what was decided, and what came of it. */
export const reportedRound = z.strictObject({
  number: z.int().positive().describe('Over the whole campaign, from 1.'),
  iteration: z.int().positive(),
  round: z.int().positive(),
  category: z.string().nullable(),
  picks: z
    .record(z.string(), z.int().positive())
    .describe('Decisions by reward model. Empty where all were asked and nothing was chosen.'),
  rewards: z
    .record(z.string(), z.strictObject({ rawReward: z.number(), banditReward: share }))
    .describe('Mean over the decisions for each reward model that were rewarded.'),
  arms: z
    .record(
      z.string(),
      z.strictObject({ mean: z.number().nullable(), width: z.number().nullable(), available: z.boolean() }),
    )
    .describe('What the bandit thought of each reward model: mean over the round’s decisions.'),
  rawReward: z.number().nullable(),
  banditReward: share.nullable(),
  pairs: count,
  training: trainingMetrics.nullable().describe('null: there were no pairs.'),
  scores: z.record(
    z.string(),
    z.strictObject({
      scored: count,
      missing: count,
      tiedShare: share,
      quantiles: z.array(z.number()).length(5).nullable(),
      weight: share.nullable().describe('In the online ensemble, before the round.'),
    }),
  ),
  generatedTokens: count,
  seconds: z.record(z.string(), seconds),
});
export type ReportedRound = z.infer<typeof reportedRound>;

const estimate = z.strictObject({ value: z.number(), standardError: z.number().nonnegative(), ...interval });

/** The bandit reward that always asking one reward model would have brought, estimated from the choices that were made. */
const offPolicyValue = z.discriminatedUnion('status', [
  z.strictObject({
    rewardModelId: z.string(),
    status: z.literal('estimated'),
    pulls: count.describe('Choices for it.'),
    effectiveSampleSize: z.number().positive().describe('Equally weighted choices that would say as much.'),
    snipw: estimate.describe('Self-normalised inverse propensity weighting, with its 95 % interval.'),
    doublyRobust: estimate.describe('With a ridge regression on contexts, and its 95 % interval.'),
  }),
  z.strictObject({
    rewardModelId: z.string(),
    status: z.enum(['notIdentifiable', 'tooLittleData']),
    pulls: count,
    reason: z.string(),
  }),
]);

/** Attempts of one step that failed before one was made that did not, or before it was given up. */
export const retriedStep = z.strictObject({
  workflowId: z.string(),
  step: z.string().describe('Activity id, such as i03-r0042-score-eurus-7b; of a local activity its name.'),
  failedAttempts: z.int().positive(),
  lastFailure: z.string(),
  at: time.describe('Start of the newest attempt.'),
  outcome: z.enum(['survived', 'failed', 'pending']),
});
export type RetriedStep = z.infer<typeof retriedStep>;

export const reportStatus = z.enum([
  'preparing',
  'training',
  'publishing',
  'evaluating',
  'paused',
  'awaitingApproval',
  'running',
  'finished',
  'regressed',
  'stopped',
  'cancelled',
  'failed',
]);

/** What `laser report` says of a campaign. Every number is of the rounds, histories and artifacts as they were at `madeAt`. */
export const campaignReport = z.strictObject({
  version: z.literal(1),
  campaignId: z.string(),
  workflowId: z.string(),
  madeAt: time,
  status: reportStatus.describe('running: no worker answered for what it does now.'),
  startedAt: time,
  endedAt: time.nullable(),
  expectedEnd: time.nullable(),
  failure: z.string().nullable().describe('What failed, where, why and what to do, in one paragraph.'),
  notes: z.array(z.string()).describe('What could not be seen, so what the numbers leave out.'),
  progress: z.strictObject({
    iterations: z.int().positive(),
    iterationsDone: count,
    roundsPerIteration: z.int().positive(),
    rounds: count,
    roundsWithoutPairs: count,
    pairs: count,
    promptsWithoutPairs: z.record(z.string(), count).describe('By reason.'),
    completionsLeftOut: z.record(z.string(), count).describe('By reason.'),
  }),
  accuracy: z.strictObject({
    policies: z.array(policyAccuracy),
    paired: pairedAccuracy.nullable().describe('null before two policies are measured.'),
  }),
  rewardModels: z.array(rewardModelReport).describe('In the order of the campaign file.'),
  offPolicy: z
    .strictObject({
      exploration: share.describe('ε; 1 where reward models are drawn at random.'),
      choices: count.describe('That were rewarded and are looked at.'),
      choicesLeftOut: count.describe('Older ones, where there are very many.'),
      logged: share.nullable().describe('Their mean bandit reward.'),
      values: z.array(offPolicyValue),
    })
    .nullable()
    .describe(
      'What always asking one reward model would have been worth. null: none is chosen by a bandit or at random.',
    ),
  picksByCategory: z.array(z.strictObject({ category: z.string(), picks: z.record(z.string(), z.int().positive()) })),
  calls: z.strictObject({
    made: count.describe('Completions that a reward model was asked to score.'),
    ensemble: count.describe('The same if every reward model that could be asked had been.'),
    saved: count,
  }),
  cost: z.strictObject({
    elapsedSeconds: seconds.describe('From the start to the end, or to madeAt.'),
    stepSeconds: z.record(z.string(), seconds).describe('Busy time of each step when it was first done.'),
    reusedSteps: count,
    generatedTokens: count,
    trainedTokens: count,
  }),
  spending: z
    .strictObject({
      ledger: costLedger,
      budget: z
        .array(
          z.strictObject({
            unit: z.enum(['seconds', 'tokens', 'money']),
            limit: z.number().positive(),
            spent: z.number(),
          }),
        )
        .describe('By unit that the campaign file limits.'),
    })
    .describe('By iteration and reward model, in the currency of the campaign’s prices.'),
  rounds: z.array(reportedRound),
  events: z.array(campaignEvent),
  retries: z.array(retriedStep),
  workflowTaskFaults: count.describe('Workflow tasks that failed or timed out, and were taken up again.'),
  lineage: z.strictObject({
    continuesFrom: z.strictObject({ campaignId: z.string(), runId: z.string() }).nullable(),
    configuration: sha256Hex.describe('Of the canonical JSON of `config`.'),
    policies: z.array(
      z.strictObject({ iteration: count, adapter: artifactRef.nullable(), fingerprint: artifactRef.nullable() }),
    ),
    banditLog: artifactRef.nullable(),
    roundLog: artifactRef.nullable(),
    eventLog: artifactRef.nullable(),
    checkpoints: artifactRef.nullable(),
  }),
  config: z.record(z.string(), z.json()).describe('The campaign as resolved: data and models by hash.'),
});
export type CampaignReport = z.infer<typeof campaignReport>;
