import type { ArtifactRef } from '../contract/artifact';
import type { CampaignInput } from '../contract/campaign-run';
import type { EvaluationSummary } from '../contract/evaluation';
import type { PolicyVersion } from '../contract/policy';
import { evaluating, local, publishing, trainer } from './activity-proxies';

/** Puts an adapter on the servers as π(m), under the fingerprint that the trainer computed for it. */
export async function publishPolicy(
  input: CampaignInput,
  iteration: number,
  adapter: ArtifactRef | null,
  probes: number[][],
): Promise<PolicyVersion> {
  const { serving, lora } = input.campaign;
  const label = labelOf(input, iteration);
  const { logprobs } = await trainer(callOf(input, iteration, 'fingerprint')).fingerprintPolicy({
    label,
    baseModel: serving.baseModel,
    lora,
    adapter,
    probes,
  });
  const { fingerprint } = await local.recordFingerprint({ probes, logprobs });
  const policy: PolicyVersion = { iteration, adapter, fingerprint };
  await publishing(callOf(input, iteration, 'publish')).publishPolicy({ label, serving, policy });
  return policy;
}

/** Greedy accuracy of π(m) on the held-out prompts. */
export async function evaluatePolicy(input: CampaignInput, policy: PolicyVersion): Promise<EvaluationSummary> {
  const { serving, evaluation, heldOutPrompts: prompts } = input.campaign;
  const { iteration } = policy;
  const { outcomes, byCategory, seconds } = await evaluating(callOf(input, iteration, 'evaluate')).evaluatePolicy({
    label: labelOf(input, iteration),
    serving,
    policy,
    prompts,
    maxTokens: evaluation.maxTokens,
    stop: evaluation.stop,
    answerPattern: evaluation.answerPattern,
  });
  return { iteration, outcomes, byCategory, seconds };
}

export function labelOf({ campaignId }: CampaignInput, iteration: number) {
  return { campaignId, iteration, round: 0 };
}

export function callOf({ campaign }: CampaignInput, iteration: number, step: string) {
  return {
    activityId: `i${String(iteration).padStart(2, '0')}-${step}`,
    summary: `policy ${iteration} · ${step.replaceAll('-', ' ')}`,
    durability: campaign.durability,
  };
}
