import type { CampaignInput, CampaignProgress } from '../contract/campaign-run';
import { generation, local } from './activity-proxies';
import { callOf, evaluatePolicy, labelOf, publishPolicy } from './policy-steps';
import { noRounds } from './round-totals';

/** What comes before the first iteration: π(0) checked and measured, contexts scaled, an empty bandit. */
export async function prepareCampaign(input: CampaignInput): Promise<CampaignProgress> {
  const { serving, selection, heldOutPrompts, trainPrompts, rewardModels, seed } = input.campaign;
  const label = labelOf(input, 0);
  const { probes } = await generation(callOf(input, 0, 'draw-probes')).drawProbes({
    label,
    serving,
    prompts: heldOutPrompts,
  });
  const policy = await publishPolicy(input, 0, null, probes);
  const evaluations = [await evaluatePolicy(input, policy)];
  let contextScaling = null;
  if (selection.type === 'laser' && selection.contextScaling === 'centred') {
    const scaling = await generation(callOf(input, 0, 'fit-context-scaling')).fitContextScaling({
      label,
      serving,
      policy,
      prompts: trainPrompts,
    });
    contextScaling = scaling.fitted;
  }
  const { banditLog } = await local.createBandit({ seed, selection, arms: rewardModels.map(({ id }) => id) });
  return {
    iteration: 0,
    policy,
    banditLog,
    contextScaling,
    probes,
    evaluations,
    totals: noRounds,
    paused: false,
    stopRequested: false,
  };
}
