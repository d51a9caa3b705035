export {
  bandits,
  classifier,
  epsilonGreedy,
  exp3,
  fixedArm,
  linThompson,
  linUcb,
  roundRobin,
  sequential,
  uniform,
  withCost,
  withExploration,
} from './bandit';
export type {
  Arm,
  ArmDecision,
  ArmId,
  Bandit,
  BanditState,
  BanditType,
  ClassifierParameters,
  ContextVector,
  CostOptions,
  Decision,
  EpsilonGreedyParameters,
  Estimate,
  Exp3Parameters,
  FixedArmParameters,
  GaussianPrior,
  LinThompsonParameters,
  LinUcbParameters,
  Observation,
  SelectionOptions,
  SequentialParameters,
} from './bandit';
export { answerValue } from './best-of-n/answer-value';
export { scheduledLearningRate } from './learning-rate';
export { bestCompletion } from './best-of-n/best-completion';
export { measureBestOfN } from './best-of-n/measure-best-of-n';
export type { BestOfNEstimates, MeasureOptions, PickedPrompt } from './best-of-n/measure-best-of-n';
export { tokenF1 } from './best-of-n/token-f1';
export { choicesOfRounds } from './comparison/choices-of-rounds';
export { countChoices } from './comparison/count-choices';
export { tellsBest } from './comparison/tells-best';
export { compareStrategies } from './comparison/compare-strategies';
export type { ComparedStrategies } from './comparison/compare-strategies';
export { policiesOfRun } from './comparison/policies-of-run';
export { buildCostLedger } from './cost/build-cost-ledger';
export { spentOf } from './cost/spent';
export { fitContextScaling, meanVector, scaleContext, type FittedScaling } from './context-scaling';
export { deriveSeed } from './derive-seed';
export { comparePoints } from './evaluation/compare-points';
export { isWinRate, measuredShare } from './evaluation/measured-share';
export type { MeasuredShare } from './evaluation/measured-share';
export { outcomePoints } from './evaluation/outcome-points';
export { pointsShare } from './evaluation/points-share';
export { winRate } from './evaluation/win-rate';
export type { Judgement, Preferred, WinRate } from './evaluation/win-rate';
export { winRateInterval } from './evaluation/win-rate-interval';
export type { LoggedChoice } from './off-policy/logged-choice';
export { valueOfAlways } from './off-policy/value-of-always';
export type { EstimatedValue } from './off-policy/value-of-always';
export type { ValueEstimate } from './off-policy/value-estimate';
export type { Unanswerable } from './off-policy/why-not-identifiable';
export { agreementEnsemble } from './preference/agreement-ensemble';
export type { AgreementOptions } from './preference/agreement-ensemble';
export { candidatePairs } from './preference/candidate-pairs';
export type { CandidateOptions } from './preference/candidate-pairs';
export { buildPreferencePairs } from './preference/build-preference-pairs';
export type { PairOfCompletions, PairOptions, Pairing, PreferencePairs } from './preference/build-preference-pairs';
export type { DroppedCompletions } from './preference/distinct-completions';
export type { NoPairsReason } from './preference/no-pairs-reason';
export { preferencePairRecord } from './preference/preference-pair-record';
export { scoreEnsemble } from './preference/score-ensemble';
export { standardiseScores } from './preference/standardise-scores';
export { planPromptBatches } from './prompt-batches';
export type { PromptBatch, PromptBatchOptions } from './prompt-batches';
export { driftRemovedLoss } from './reward/drift-removed-loss';
export type { DriftRemovedLoss, LossAtPosition } from './reward/drift-removed-loss';
export { goldenAgreement } from './reward/golden-agreement';
export type { GoldenAgreement, PromptPair } from './reward/golden-agreement';
export { createGuard, updateGuard } from './reward/guard';
export type { EvidenceSource, GuardEvidence, GuardOptions, GuardState } from './reward/guard';
export { guardFindings } from './reward/guard-findings';
export type { GivenReward, GuardFinding } from './reward/guard-findings';
export { heldOutGain } from './reward/held-out-gain';
export type { HeldOutGain, Pulls } from './reward/held-out-gain';
export { heldOutLossFall } from './reward/held-out-loss-fall';
export type { LossFall, UnseenPairLoss } from './reward/held-out-loss-fall';
export { ownTrend } from './reward/own-trend';
export type { OwnTrend, OwnTrendOptions } from './reward/own-trend';
export { pairAgreement } from './reward/pair-agreement';
export type { PairAgreement, VerifiedPair } from './reward/pair-agreement';
export { createQuantileNormaliser, normaliseReward } from './reward/quantile-normaliser';
export type {
  NormalisedReward,
  QuantileNormaliserParameters,
  QuantileNormaliserState,
} from './reward/quantile-normaliser';
export { selfConsistency } from './reward/self-consistency';
export type { AnsweredPrompt, SelfConsistency } from './reward/self-consistency';
export { termRewards } from './reward/term-rewards';
export type { LossTerms, TermRewards } from './reward/term-rewards';
export { seededRandom } from './seeded-random';
export type { Random } from './seeded-random';
export { bradleyTerryPriors, trainBradleyTerryRouter } from './selection/bradley-terry-router';
export type { BradleyTerryRouter } from './selection/bradley-terry-router';
export { createHedge, hedgeLearningRate, hedgeWeights, updateHedge } from './selection/hedge';
export type { HedgeState } from './selection/hedge';
export { rightness } from './selection/labelled-preference';
export type { LabelledPreference } from './selection/labelled-preference';
export { oracle } from './selection/oracle';
export type { OracleTable } from './selection/oracle';
export { rankingAccuracyPriors } from './selection/ranking-accuracy-priors';
export type { RankingAccuracyPriorOptions } from './selection/ranking-accuracy-priors';
export { rewardModelProbabilities, trainRewardModelClassifier } from './selection/reward-model-classifier';
export type { ClassifierOptions, RewardModelClassifier } from './selection/reward-model-classifier';
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
