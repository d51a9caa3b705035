import type { ArtifactRef } from '../contract/artifact';
import type { BestOfNInput, BestOfNProgress } from '../contract/best-of-n-run';
import type { PolicyVersion } from '../contract/policy';
import type { PromptSplit } from '../contract/prompt-split';
import { fitsContexts } from '../contract/selection-needs';
import { generation, local } from './activity-proxies';
import { noChunks } from './chunk-totals';
import { callOf, labelOf, publishPolicy, servePolicy, type PolicyPlace } from './policy-steps';

/**
 * What comes before the first chunk: prompts measured and cut into chunks, the policy on the servers and checked there,
 * contexts scaled as the bandit knows them (a fresh one: by the prompts it meets first), and the bandit.
 */
export async function prepareBestOfN({ bestOfNId, bestOfN }: BestOfNInput): Promise<BestOfNProgress> {
  const { serving, selection, seed, sampling, rewardModels, durability, promptsPerChunk, bandit } = bestOfN;
  const place: PolicyPlace = { campaignId: bestOfNId, campaign: bestOfN };
  const [learn, test] = await Promise.all([
    bestOfN.learn === null ? null : planChunks('learn', bestOfN.learn),
    planChunks('test', bestOfN.test),
  ]);
  const policy = bestOfN.policy ?? (await publishBase(place, test.prompts));
  if (bestOfN.policy) await servePolicy(place, policy);
  let contextScaling = bandit?.contextScaling ?? null;
  if (fitsContexts(selection) && contextScaling === null) {
    const { fitted } = await generation(callOf(place, 0, 'fit-context-scaling')).fitContextScaling({
      ...{ label: labelOf(place, 0), serving, policy, prompts: (learn ?? test).prompts },
    });
    contextScaling = fitted;
  }
  const { banditLog } = await local.createBandit({
    ...{ seed, selection, arms: rewardModels.map(({ id }) => id), rounds: (learn?.chunks ?? 0) + test.chunks },
    ...(bandit && { previous: bandit.banditLog }),
  });
  return {
    ...{ policy, contextScaling, banditLog, pickLog: null },
    plans: { ...(learn && { learn: learn.plan }), test: test.plan },
    totals: {
      ...(learn && { learn: noChunks(learn.chunks, learn.cutPrompts) }),
      test: noChunks(test.chunks, test.cutPrompts),
    },
  };

  function planChunks(split: PromptSplit, prompts: ArtifactRef) {
    const { tooLong, maxPromptTokens } = bestOfN;
    const activityId = `${split}-plan-chunks`;
    return generation({ activityId, summary: `${split} · plan chunks`, durability }).planChunks({
      ...{ label: labelOf(place, 0), serving, prompts, promptsPerChunk, tooLong, maxPromptTokens },
      maxTokens: sampling.maxTokens,
    });
  }
}

async function publishBase(place: PolicyPlace, prompts: ArtifactRef): Promise<PolicyVersion> {
  const { serving } = place.campaign;
  const drawing = generation(callOf(place, 0, 'draw-probes'));
  const { probes } = await drawing.drawProbes({ label: labelOf(place, 0), serving, prompts });
  return publishPolicy(place, 0, null, probes);
}
