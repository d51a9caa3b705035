import { z } from 'zod';
import { candidatePairs, deriveSeed } from '../algorithm';
import { artifactRef } from '../contract/artifact';
import { pairing } from '../contract/campaign';
import { pairScope } from '../contract/pair-scope';
import { promptCompletions, scopedContext, type RoutedPair } from '../contract/round';
import type { ArmDecision } from '../contract/round-record';
import { chooseArm } from './choose-arm';
import { countPicks } from './count-picks';
import type { ActivityDependencies } from './dependencies';
import { lastWidths } from './last-widths';
import { readPromptBatch } from './prompt-batch';
import { readContext, recallBandit } from './recall-bandit';
import type { AskedRewardModel } from './select-reward-models';

const input = z.strictObject({
  banditLog: artifactRef,
  contexts: artifactRef.describe('JSON lines of ScopedContext, one a prompt.'),
  completions: artifactRef.describe('JSON lines of PromptCompletions.'),
  plan: artifactRef,
  iteration: z.int().positive(),
  round: z.int().positive(),
  options: pairing,
});
export type RoutePairsInput = z.infer<typeof input>;

/**
 * Draws the round's candidate pairs and chooses a reward model for each, from what the bandit knew before the round, in the
 * context of the pair's prompt. Each reward model is then asked for the completions of its own pairs alone.
 * @returns as `selectRewardModels`, and the routes: JSON lines of RoutedPair.
 */
export async function routePairs({ store }: ActivityDependencies, raw: RoutePairsInput) {
  const { banditLog, plan, iteration, round, options, ...refs } = input.parse(raw);
  const known = await recallBandit(store, banditLog);
  const { prompts } = await readPromptBatch(store, plan, round);
  const lines = await store.getJsonLines(refs.completions, promptCompletions);
  const contexts = await store.getJsonLines(refs.contexts, scopedContext);
  const contextOf = new Map(contexts.map(({ scope, context }) => [scope, context]));
  const decisions: ArmDecision[] = [];
  const routes: RoutedPair[] = [];
  for (const [place, line] of lines.entries()) {
    const context = contextOf.get(line.promptId);
    if (context === undefined)
      throw new RangeError(`Prompt "${line.promptId}" has no context; embed prompt by prompt.`);
    const values = await readContext(store, context);
    const seedOf = (what: string, index: number) => deriveSeed(known.origin.seed, what, iteration, round, place, index);
    const candidates = candidatePairs(line, { pairsPerPrompt: options.pairsPerPrompt, seed: seedOf('candidates', 0) });
    for (const [index, [left, right]] of candidates.entries()) {
      const choice = chooseArm(known, values, seedOf('select', index));
      decisions.push({ scope: pairScope(line.promptId, left, right), context, ...choice });
      routes.push({ promptId: line.promptId, left, right, rewardModelId: choice.rewardModelId });
    }
  }

  const asked: (AskedRewardModel & { completions: z.infer<typeof artifactRef> })[] = [];
  const picked: Parameters<typeof countPicks>[0][number][] = [];
  for (const rewardModelId of new Set(routes.map((route) => route.rewardModelId))) {
    const own = routes.filter((route) => route.rewardModelId === rewardModelId);
    const wanted = lines.flatMap((line) => {
      const places = own
        .filter(({ promptId }) => promptId === line.promptId)
        .flatMap(({ left, right }) => [left, right]);
      const completions = line.completions.filter((_, place) => places.includes(place));
      return completions.length === 0 ? [] : [{ ...line, completions }];
    });
    asked.push({ rewardModelId, prompts: null, completions: await store.putJsonLines(wanted) });
    const ids = new Set(wanted.map(({ promptId }) => promptId));
    picked.push({ rewardModelId, prompts: prompts.filter(({ promptId }) => ids.has(promptId)) });
  }
  return {
    decisions: await store.putJsonLines(decisions),
    routes: await store.putJsonLines(routes),
    asked,
    picks: countPicks(picked),
    widths: lastWidths(decisions),
  };
}
