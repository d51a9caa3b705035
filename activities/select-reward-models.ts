import { z } from 'zod';
import { deriveSeed } from '../algorithm';
import type { ArtifactStore } from '../artifact-store';
import { artifactRef, type ArtifactRef } from '../contract/artifact';
import { scopedContext, type PromptRecord } from '../contract/round';
import type { ArmDecision } from '../contract/round-record';
import { asksAll } from '../contract/selection-needs';
import type { ActivityDependencies } from './dependencies';
import { askOracle } from './ask-oracle';
import { categoryOf } from './bandit-reward/choice';
import { chooseArm } from './choose-arm';
import { countPicks } from './count-picks';
import { ensembleWeights } from './ensemble-weights';
import { isInScope } from './is-in-scope';
import { lastWidths } from './last-widths';
import { readPromptBatch, type PromptBatch } from './prompt-batch';
import { readContext, recallBandit, type RecalledBandit } from './recall-bandit';
import { scheduledState } from './scheduled-state';

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
  /** In the online ensemble. */
  weight?: number;
  /** Where it is asked for some completions of a prompt only: those. */
  completions?: ArtifactRef;
}

/**
 * Which reward models are asked in a round, and for which of its prompts: one choice of the bandit for each scope (round,
 * category or prompt), all from what it knew before the round; or all reward models, for the ensembles.
 * @returns decisions (JSON lines of ArmDecision), who is asked, picks by category, and what is not known of each arm.
 */
export async function selectRewardModels({ store }: ActivityDependencies, raw: SelectRewardModelsInput) {
  const { banditLog, contexts, plan, iteration, round } = input.parse(raw);
  const known = await recallBandit(store, banditLog);
  const batch = await readPromptBatch(store, plan, round);
  const { prompts } = batch;
  const decisions = asksAll(known.origin.selection)
    ? []
    : await decide(store, known, await store.getJsonLines(contexts, scopedContext), { iteration, round, batch });
  const asked = decisions.length === 0 ? askAll(known) : askChosen(decisions, prompts);
  return {
    decisions: await store.putJsonLines(decisions),
    asked,
    picks: countPicks(
      asked.map(({ rewardModelId, prompts: places }) => ({
        rewardModelId,
        prompts: places === null ? prompts : places.map((place) => prompts[place]!),
      })),
    ),
    widths: lastWidths(decisions),
  };
}

async function decide(
  store: ArtifactStore,
  known: RecalledBandit,
  contexts: z.infer<typeof scopedContext>[],
  { iteration, round, batch }: { iteration: number; round: number; batch: PromptBatch },
): Promise<ArmDecision[]> {
  const { origin, mask } = known;
  const { seed, selection } = origin;
  const state = scheduledState(selection, known.state, (iteration - 1) * batch.rounds + round - 1);
  return Promise.all(
    contexts.map(async ({ scope, context }, index) => {
      if (selection.type === 'oracle') {
        const category = categoryOf({ prompts: batch.prompts.filter((prompt) => isInScope(scope, prompt)) });
        return { scope, category, context, ...askOracle({ selection, state, mask, category }) };
      }
      const stream = deriveSeed(seed, 'select', iteration, round, ...(scope === null ? [] : [index]));
      return { scope, context, ...chooseArm({ ...known, state }, await readContext(store, context), stream) };
    }),
  );
}

function askAll(known: RecalledBandit): AskedRewardModel[] {
  const { origin, state, mask } = known;
  const available = state.arms.filter(({ arm, active }) => active && !mask.includes(arm));
  const weights = origin.selection.type === 'onlineEnsemble' ? ensembleWeights(known) : null;
  return available.map(({ arm }) => ({
    rewardModelId: arm,
    prompts: null,
    ...(weights && { weight: weights[arm]! }),
  }));
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
