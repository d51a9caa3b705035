import type { ArtifactRef } from '../contract/artifact';
import type { CampaignInput, ResolvedCampaign } from '../contract/campaign-run';
import type { EvaluationSummary } from '../contract/evaluation';
import type { PolicyVersion } from '../contract/policy';
import { scoreQueue } from '../contract/task-queues';
import { evaluating, local, publishing, scoring, trainer } from './activity-proxies';

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

/**
 * π(m) on the held-out prompts: accuracy of its greedy answers, or its win rate.
 * @param first the evaluation of policy 0, whose answers others are compared with; undefined for policy 0 itself.
 */
export async function evaluatePolicy(
  input: CampaignInput,
  policy: PolicyVersion,
  first: EvaluationSummary | undefined,
): Promise<EvaluationSummary> {
  const { serving, evaluation, heldOutPrompts: prompts, seed } = input.campaign;
  const { iteration } = policy;
  const label = labelOf(input, iteration);
  const { maxTokens, stop, answerPattern } = evaluation;
  const evaluate = evaluating(callOf(input, iteration, 'evaluate'));
  if (evaluation.type !== 'winRate') {
    const asked = { label, serving, policy, prompts, maxTokens, stop, answerPattern };
    const { outcomes, byCategory, seconds } = await evaluate.evaluatePolicy(asked);
    return { iteration, outcomes, byCategory, seconds };
  }
  const { judge, baseline, temperature } = evaluation;
  const answering = { label, serving, policy, prompts, maxTokens, stop, temperature, seed };
  const { answers, seconds } = await evaluate.answerPrompts(answering);
  const call = { ...callOf(input, iteration, `judge-${judge.id}`), taskQueue: scoreQueue(judge.id) };
  const judged = await scoring(call).judgeAnswers({
    ...{ label, judge, prompts, answers },
    baseline: baseline === 'answer' ? null : (first?.answers ?? answers),
  });
  const { outcomes, byCategory } = judged;
  return { iteration, outcomes, answers, byCategory, seconds: seconds + judged.seconds };
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
