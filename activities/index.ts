import { adjustBandit } from './adjust-bandit';
import { assembleComparison } from './assemble-comparison';
import { buildPreferencePairs } from './build-preference-pairs';
import { compareEvaluations } from './compare-evaluations';
import { computeBanditReward } from './compute-bandit-reward';
import { countAttempts } from './count-attempts';
import { createBandit } from './create-bandit';
import type { ActivityDependencies } from './dependencies';
import { drawProbes } from './draw-probes';
import { drawPromptBatches } from './draw-prompt-batches';
import { embedPrompts } from './embed-prompts';
import { evaluatePolicy } from './evaluate-policy';
import { fitContextScaling } from './fit-context-scaling';
import { generateCompletions } from './generate-completions';
import { planComparedCampaign } from './plan-compared-campaign';
import { publishPolicy } from './publish-policy';
import { recordCheckpoint } from './record-checkpoint';
import { recordComparedRun } from './record-compared-run';
import { recordEvent } from './record-event';
import { recordFingerprint } from './record-fingerprint';
import { recordRound } from './record-round';
import { reportRound } from './report-round';
import { resolveScheduledCampaign } from './resolve-scheduled-campaign';
import { scoreCompletions } from './score-completions';
import { selectRewardModels } from './select-reward-models';
import { toApplicationFailure } from './to-application-failure';
import { updateBandit } from './update-bandit';

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
    assembleComparison: bind(assembleComparison),
    buildPreferencePairs: bind(buildPreferencePairs),
    compareEvaluations: bind(compareEvaluations),
    computeBanditReward: bind(computeBanditReward),
    createBandit: bind(createBandit),
    drawProbes: bind(drawProbes),
    drawPromptBatches: bind(drawPromptBatches),
    embedPrompts: bind(embedPrompts),
    evaluatePolicy: bind(evaluatePolicy),
    fitContextScaling: bind(fitContextScaling),
    generateCompletions: bind(generateCompletions),
    planComparedCampaign: bind(planComparedCampaign),
    publishPolicy: bind(publishPolicy),
    recordCheckpoint: bind(recordCheckpoint),
    recordComparedRun: bind(recordComparedRun),
    recordEvent: bind(recordEvent),
    recordFingerprint: bind(recordFingerprint),
    recordRound: bind(recordRound),
    reportRound: bind(reportRound),
    resolveScheduledCampaign: bind(resolveScheduledCampaign),
    scoreCompletions: bind(scoreCompletions),
    selectRewardModels: bind(selectRewardModels),
    updateBandit: bind(updateBandit),
  };
}

export type Activities = ReturnType<typeof createActivities>;
