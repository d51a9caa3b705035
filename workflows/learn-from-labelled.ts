import type { ArtifactRef } from '../contract/artifact';
import type { CampaignInput } from '../contract/campaign-run';
import type { PolicyVersion } from '../contract/policy';
import { scalingOf } from '../contract/selection-needs';
import { scoreQueue } from '../contract/task-queues';
import { control, generation, scoring } from './activity-proxies';
import { callOf, labelOf } from './policy-steps';

/**
 * What the selection learns from labelled preferences before the first round: every reward model scores them once, π(0)
 * embeds their prompts. null where the selection learns nothing then.
 */
export async function learnFromLabelled(
  input: CampaignInput,
  policy: PolicyVersion,
  fitted: ArtifactRef | null,
): Promise<ArtifactRef | null> {
  const { labelledPreferences: labelled, selection, serving, rewardModels } = input.campaign;
  if (!labelled) return null;
  const label = labelOf(input, 0);
  const [{ contexts }, ...scored] = await Promise.all([
    generation(callOf(input, 0, 'embed-labelled')).embedLabelled({
      ...{ label, serving, policy, labelled, fitted },
      scaling: scalingOf(selection),
    }),
    ...rewardModels.map(async (rewardModel) => {
      const call = { ...callOf(input, 0, `score-labelled-${rewardModel.id}`), taskQueue: scoreQueue(rewardModel.id) };
      const { scores } = await scoring(call).scoreLabelled({ label, rewardModel, labelled });
      return { rewardModelId: rewardModel.id, scores };
    }),
  ]);
  const learning = control(callOf(input, 0, 'learn-selection'));
  return (await learning.learnSelection({ label, selection, contexts, scoring: scored })).learned;
}
