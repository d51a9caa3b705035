import { z } from 'zod';
import { deriveSeed, seededRandom } from '../algorithm';
import type { ArtifactStore } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import type { PickCounts } from '../contract/campaign-run';
import { scopedContext, type PromptRecord } from '../contract/round';
import type { ArmDecision } from '../contract/round-record';
import { asksAll } from '../contract/selection';
import type { ActivityDependencies } from './dependencies';
import { isInScope } from './is-in-scope';
import { readPromptBatch } from './prompt-batch';
import { readContext, recallBandit, type RecalledBandit } from './recall-bandit';

const input = z.strictObject({
  banditLog: artifactRef,
  contexts: artifactRef.describe('JSON lines of ScopedContext, from embedPrompts.'),
  plan: artifactRef,
  iteration: z.int().positive(),
  round: z.int().positive(),
});
export type SelectRewardModelsInput = z.infer<typeof input>;

/** A reward model that is asked in a round. `prompts`: which of the round's, by place; null: all. */
export interface AskedRewardModel {
  rewardModelId: string;
  prompts: number[] | null;
}

/**
 * Which reward models are asked in a round, and for which of its prompts: one choice of the bandit for each scope (round,
 * category or prompt), all from what it knew before the round; or all reward models, for the ensembles.
 * @returns decisions (JSON lines of ArmDecision), who is asked, picks by category, and what is not known of each arm.
 */
export async function selectRewardModels({ store }: ActivityDependencies, raw: SelectRewardModelsInput) {
  const { banditLog, contexts, plan, iteration, round } = input.parse(raw);
  const known = await recallBandit(store, banditLog);
  const { prompts } = await readPromptBatch(store, plan, round);
  const decisions = asksAll(known.selection)
    ? []
    : await decide(store, known, await store.getJsonLines(contexts, scopedContext), { iteration, round });
  const asked = decisions.length === 0 ? askAll(known) : askChosen(decisions, prompts);
  return {
    decisions: await store.putJsonLines(decisions),
    asked,
    picks: countPicks(asked, prompts),
    widths: lastWidths(decisions),
  };
}

async function decide(
  store: ArtifactStore,
  { seed, bandit, state, mask }: RecalledBandit,
  contexts: z.infer<typeof scopedContext>[],
  { iteration, round }: { iteration: number; round: number },
): Promise<ArmDecision[]> {
  return Promise.all(
    contexts.map(async ({ scope, context }, index) => {
      const random = seededRandom(deriveSeed(seed, 'select', iteration, round, ...(scope === null ? [] : [index])));
      const { arm, propensity, arms } = bandit.selectArm(state, await readContext(store, context), { random, mask });
      const opinions = arms.map(({ arm: armId, ...opinion }) => ({ armId, ...opinion }));
      return { scope, context, rewardModelId: arm, propensity, arms: opinions };
    }),
  );
}

function askAll({ state, mask }: RecalledBandit): AskedRewardModel[] {
  const available = state.arms.filter(({ arm, active }) => active && !mask.includes(arm));
  return available.map(({ arm }) => ({ rewardModelId: arm, prompts: null }));
}

function askChosen(decisions: readonly ArmDecision[], prompts: readonly PromptRecord[]): AskedRewardModel[] {
  const chosen = new Map<string, number[]>();
  for (const { scope, rewardModelId } of decisions) {
    const places = prompts.flatMap((prompt, place) => (isInScope(scope, prompt) ? [place] : []));
    chosen.set(rewardModelId, [...(chosen.get(rewardModelId) ?? []), ...places]);
  }
  return [...chosen].map(([rewardModelId, places]) => ({
    rewardModelId,
    prompts: chosen.size === 1 ? null : places.sort((left, right) => left - right),
  }));
}

/** A round of one category counts once for each reward model asked; in a mixed one, each category among its prompts. */
function countPicks(asked: readonly AskedRewardModel[], prompts: readonly PromptRecord[]): PickCounts {
  const picks: PickCounts = {};
  for (const { rewardModelId, prompts: places } of asked) {
    const own = places === null ? prompts : places.map((place) => prompts[place]!);
    for (const category of new Set(own.map((prompt) => prompt.category ?? 'all'))) {
      picks[category] = { ...picks[category], [rewardModelId]: 1 };
    }
  }
  return picks;
}

function lastWidths(decisions: readonly ArmDecision[]): Record<string, number | null> {
  return Object.fromEntries(decisions.at(-1)?.arms.map(({ armId, width }) => [armId, width]) ?? []);
}
