import type { CampaignInput, CampaignProgress } from '../contract/campaign-run';
import { fitsContexts } from '../contract/selection-needs';
import { learnFromLabelled } from './learn-from-labelled';
import { generation, local } from './activity-proxies';
import { callOf, evaluatePolicy, labelOf, publishPolicy } from './policy-steps';
import { firstChanges } from './reward-model-changes';
import { noRounds } from './round-totals';

/**
 * What comes before the first iteration: π(0) checked and measured, contexts scaled, an empty bandit. With a `start`,
 * π(0) is its adapter, and the bandit goes on from its log, in contexts scaled as they were.
 */
export async function prepareCampaign(input: CampaignInput): Promise<CampaignProgress> {
  const { serving, selection, heldOutPrompts, trainPrompts, rewardModels, seed, iterations, roundsPerIteration } =
    input.campaign;
  const { start } = input;
  const carriedOptimizer = input.campaign.training.optimizerState === 'carried' ? start?.carriedOptimizer : undefined;
  const label = labelOf(input, 0);
  const { probes } = await generation(callOf(input, 0, 'draw-probes')).drawProbes({
    label,
    serving,
    prompts: heldOutPrompts,
  });
  const policy = await publishPolicy(input, 0, start?.adapter ?? null, probes);
  const evaluations = [await evaluatePolicy(input, policy, undefined)];
  const centred = fitsContexts(selection);
  let contextScaling = centred ? (start?.contextScaling ?? null) : null;
  if (centred && contextScaling === null) {
    const scaling = await generation(callOf(input, 0, 'fit-context-scaling')).fitContextScaling({
      label,
      serving,
      policy,
      prompts: trainPrompts,
    });
    contextScaling = scaling.fitted;
  }
  const learned = await learnFromLabelled(input, policy, contextScaling);
  const { banditLog } = await local.createBandit({
    seed,
    selection,
    arms: rewardModels.map(({ id }) => id),
    rounds: iterations * roundsPerIteration,
    ...(learned && { learned }),
    ...(start && { previous: start.banditLog }),
  });
  const rewardModelChanges = firstChanges(input.campaign);
  return {
    iteration: 0,
    policy,
    banditLog,
    contextScaling,
    probes,
    ...(carriedOptimizer && { carriedOptimizer }),
    evaluations,
    earlierEvaluations: null,
    totals: noRounds,
    roundLog: null,
    eventLog: null,
    eventCount: 0,
    checkpoints: null,
    recentEvents: [],
    settings: {},
    rewardModelChanges,
    changes: rewardModelChanges.masked.length,
    paused: false,
    stopRequested: false,
  };
}
