import type { CampaignInput, CampaignProgress } from '../contract/campaign-run';
import { local } from './activity-proxies';
import { learnFromLabelled } from './learn-from-labelled';
import { publishPolicy } from './policy-steps';
import { rosterOf } from './reward-models-in-use';

/**
 * The bandit of a campaign that goes on from a checkpoint under another way of selecting: it has what that learns of
 * labelled preferences under π(0), and what was observed so far.
 */
export async function learnAnew(input: CampaignInput, progress: CampaignProgress): Promise<CampaignProgress> {
  const { relearn: _relearn, ...kept } = progress;
  const { campaign, start } = input;
  const { seed, selection, iterations, roundsPerIteration } = campaign;
  const first = await publishPolicy(input, 0, start?.adapter ?? null, progress.probes);
  const learned = await learnFromLabelled(input, first, progress.contextScaling);
  const { banditLog } = await local.createBandit({
    ...{ seed, selection, previous: progress.banditLog, rounds: iterations * roundsPerIteration },
    arms: rosterOf(campaign, progress.rewardModelChanges),
    ...(learned && { learned }),
  });
  return { ...kept, banditLog };
}
