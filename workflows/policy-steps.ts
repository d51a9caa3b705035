import type { ArtifactRef } from '../contract/artifact';
import type { CampaignInput, ResolvedCampaign } from '../contract/campaign-run';
import type { EvaluationSummary } from '../contract/evaluation';
import type { PolicyVersion } from '../contract/policy';
import { evaluating, local, publishing, trainer } from './activity-proxies';

/** What these steps read of a campaign, or of a best-of-n. */
export interface PolicyPlace {
  campaignId: string;
  campaign: Pick<ResolvedCampaign, 'serving' | 'lora' | 'durability'> & { training?: ResolvedCampaign['training'] };
}

/** Puts an adapter on the servers as π(m), under the fingerprint that the trainer computed for it. */
export async function publishPolicy(
  input: PolicyPlace,
  iteration: number,
  adapter: ArtifactRef | null,
  probes: number[][],
): Promise<PolicyVersion> {
  const { serving, lora, training } = input.campaign;
  const label = labelOf(input, iteration);
  const { logprobs } = await trainer(callOf(input, iteration, 'fingerprint')).fingerprintPolicy({
    label,
    baseModel: serving.baseModel,
    lora,
    ...(training?.precision && { precision: training.precision }),
    adapter,
    probes,
  });
  const { fingerprint } = await local.recordFingerprint({ probes, logprobs });
  const policy: PolicyVersion = { iteration, adapter, fingerprint };
  await servePolicy(input, policy);
  return policy;
}

/** Puts a policy that has its fingerprint on the servers, and checks it there. */
export async function servePolicy(input: PolicyPlace, policy: PolicyVersion): Promise<void> {
  const { iteration } = policy;
  const { serving } = input.campaign;
  const label = labelOf(input, iteration);
  await publishing(callOf(input, iteration, 'publish')).publishPolicy({ label, serving, policy });
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

export function labelOf({ campaignId }: PolicyPlace, iteration: number) {
  return { campaignId, iteration, round: 0 };
}

export function callOf({ campaign }: PolicyPlace, iteration: number, step: string) {
  return {
    activityId: `i${String(iteration).padStart(2, '0')}-${step}`,
    summary: `policy ${iteration} · ${step.replaceAll('-', ' ')}`,
    durability: campaign.durability,
  };
}
