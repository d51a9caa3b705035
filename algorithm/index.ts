export {
  bandits,
  epsilonGreedy,
  exp3,
  fixedArm,
  linThompson,
  linUcb,
  roundRobin,
  uniform,
  withExploration,
} from './bandit';
export type {
  Arm,
  ArmDecision,
  ArmId,
  Bandit,
  BanditState,
  BanditType,
  ContextVector,
  Decision,
  EpsilonGreedyParameters,
  Estimate,
  Exp3Parameters,
  FixedArmParameters,
  LinThompsonParameters,
  LinUcbParameters,
  Observation,
  SelectionOptions,
} from './bandit';
export { fitContextScaling, meanVector, scaleContext, type FittedScaling } from './context-scaling';
export { deriveSeed } from './derive-seed';
export type { LoggedChoice } from './off-policy/logged-choice';
export { valueOfAlways } from './off-policy/value-of-always';
export type { EstimatedValue, ValueEstimate } from './off-policy/value-of-always';
export type { Unanswerable } from './off-policy/why-not-identifiable';
export { agreementEnsemble } from './preference/agreement-ensemble';
export type { AgreementOptions } from './preference/agreement-ensemble';
export { buildPreferencePairs } from './preference/build-preference-pairs';
export type { PairOfCompletions, PairOptions, Pairing, PreferencePairs } from './preference/build-preference-pairs';
export type { DroppedCompletions } from './preference/distinct-completions';
export type { NoPairsReason } from './preference/no-pairs-reason';
export { preferencePairRecord } from './preference/preference-pair-record';
export { scoreEnsemble } from './preference/score-ensemble';
export { standardiseScores } from './preference/standardise-scores';
export { planPromptBatches } from './prompt-batches';
export type { PromptBatch, PromptBatchOptions } from './prompt-batches';
export { pairAgreement } from './reward/pair-agreement';
export type { PairAgreement, VerifiedPair } from './reward/pair-agreement';
export { createQuantileNormaliser, normaliseReward } from './reward/quantile-normaliser';
export type {
  NormalisedReward,
  QuantileNormaliserParameters,
  QuantileNormaliserState,
} from './reward/quantile-normaliser';
export { seededRandom } from './seeded-random';
export type { Random } from './seeded-random';
export { holm } from './statistics/holm';
export type { Interval } from './statistics/interval';
export { iqm } from './statistics/iqm';
export { mcnemarExact } from './statistics/mcnemar-exact';
export type { McNemarResult } from './statistics/mcnemar-exact';
export { pairedBootstrap } from './statistics/paired-bootstrap';
export type { BootstrapResult, PairedOutcome } from './statistics/paired-bootstrap';
export { pairedPermutation } from './statistics/paired-permutation';
export type { PermutationResult } from './statistics/paired-permutation';
export { probabilityOfImprovement } from './statistics/probability-of-improvement';
export { quantile } from './statistics/quantile';
export { pairedRunsInterval, runsInterval } from './statistics/runs-interval';
export type { Aggregate, RunScores } from './statistics/runs-interval';
export { stratifiedBootstrap } from './statistics/stratified-bootstrap';
export type {
  BootstrapEstimate,
  BootstrapOptions,
  StratifiedBootstrapOptions,
} from './statistics/stratified-bootstrap';
export { wilsonInterval } from './statistics/wilson-interval';
export { exactMatch, normaliseAnswer } from './verifier/exact-match';
export type { Verdict } from './verifier/exact-match';
export { extractAnswer } from './verifier/extract-answer';
