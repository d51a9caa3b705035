import { adjustBandit } from './adjust-bandit';
import { answerPrompts } from './answer-prompts';
import { assembleBestOfN } from './assemble-best-of-n';
import { assembleComparison } from './assemble-comparison';
import { buildPreferencePairs } from './build-preference-pairs';
import { compareEvaluations } from './compare-evaluations';
import { computeBanditReward } from './compute-bandit-reward';
import { countAttempts } from './count-attempts';
import { createBandit } from './create-bandit';
import { creditEvaluation } from './credit-evaluation';
import type { ActivityDependencies } from './dependencies';
import { drawProbes } from './draw-probes';
import { drawPromptBatches } from './draw-prompt-batches';
import { embedPrompts } from './embed-prompts';
import { embedLabelled } from './embed-labelled';
import { evaluatePolicy } from './evaluate-policy';
import { fitContextScaling } from './fit-context-scaling';
import { generateCompletions } from './generate-completions';
import { judgeAnswers } from './judge-answers';
import { learnSelection } from './learn-selection';
import { orderRoutedPairs } from './order-routed-pairs';
import { pickCompletions } from './pick-completions';
import { planChunks } from './plan-chunks';
import { planComparedCampaign } from './plan-compared-campaign';
import { publishPolicy } from './publish-policy';
import { recordCheckpoint } from './record-checkpoint';
import { recordComparedRun } from './record-compared-run';
import { recordEvaluation } from './record-evaluation';
import { recordEvent } from './record-event';
import { recordFingerprint } from './record-fingerprint';
import { recordRound } from './record-round';
import { reportRound } from './report-round';
import { resolveScheduledCampaign } from './resolve-scheduled-campaign';
import { routePairs } from './route-pairs';
import { scheduleLearningRate } from './schedule-learning-rate';
import { scoreCompletions } from './score-completions';
import { scoreLabelled } from './score-labelled';
import { selectRewardModels } from './select-reward-models';
import { toApplicationFailure } from './to-application-failure';
import { updateBandit } from './update-bandit';
import { weighRewardModels } from './weigh-reward-models';

export type { ActivityDependencies } from './dependencies';
export { createMathVerifier } from './scorers';

/** All TypeScript activities over a worker's store and servers. A worker's queue decides which of them it is asked for. */
export function createActivities(dependencies: ActivityDependencies) {
  const bind =
    <Input, Output>(activity: (dependencies: ActivityDependencies, input: Input) => Promise<Output>) =>
    async (input: Input): Promise<Output> => {
      try {
        return await activity(dependencies, input);
      } catch (error) {
        throw toApplicationFailure(error, countAttempts(input));
      }
    };
  return {
    adjustBandit: bind(adjustBandit),
    answerPrompts: bind(answerPrompts),
    assembleBestOfN: bind(assembleBestOfN),
    assembleComparison: bind(assembleComparison),
    buildPreferencePairs: bind(buildPreferencePairs),
    compareEvaluations: bind(compareEvaluations),
    computeBanditReward: bind(computeBanditReward),
    createBandit: bind(createBandit),
    creditEvaluation: bind(creditEvaluation),
    drawProbes: bind(drawProbes),
    drawPromptBatches: bind(drawPromptBatches),
    embedPrompts: bind(embedPrompts),
    embedLabelled: bind(embedLabelled),
    evaluatePolicy: bind(evaluatePolicy),
    fitContextScaling: bind(fitContextScaling),
    generateCompletions: bind(generateCompletions),
    judgeAnswers: bind(judgeAnswers),
    learnSelection: bind(learnSelection),
    orderRoutedPairs: bind(orderRoutedPairs),
    pickCompletions: bind(pickCompletions),
    planChunks: bind(planChunks),
    planComparedCampaign: bind(planComparedCampaign),
    publishPolicy: bind(publishPolicy),
    recordCheckpoint: bind(recordCheckpoint),
    recordComparedRun: bind(recordComparedRun),
    recordEvaluation: bind(recordEvaluation),
    recordEvent: bind(recordEvent),
    recordFingerprint: bind(recordFingerprint),
    recordRound: bind(recordRound),
    reportRound: bind(reportRound),
    resolveScheduledCampaign: bind(resolveScheduledCampaign),
    routePairs: bind(routePairs),
    scheduleLearningRate: bind(scheduleLearningRate),
    scoreCompletions: bind(scoreCompletions),
    scoreLabelled: bind(scoreLabelled),
    selectRewardModels: bind(selectRewardModels),
    updateBandit: bind(updateBandit),
    weighRewardModels: bind(weighRewardModels),
  };
}

export type Activities = ReturnType<typeof createActivities>;
