import type { ArtifactStore } from '../../artifact-store';
import type { ShownRound } from '../../contract/cli-output/inspection';
import { preferencePair, promptCompletions, promptScores } from '../../contract/round';
import type { RoundRecord } from '../../contract/round-record';

/** A round with its texts: every prompt, its completions with their scores, and the pairs made of them. */
export async function readRound(store: ArtifactStore, campaignId: string, round: RoundRecord): Promise<ShownRound> {
  const prompts = await store.getJsonLines(round.completions, promptCompletions);
  const pairs = round.pairs ? await store.getJsonLines(round.pairs, preferencePair) : [];
  const scored = await Promise.all(
    round.scoring.map(async ({ rewardModelId, scores }) => {
      const lines = await store.getJsonLines(scores, promptScores);
      return [rewardModelId, new Map(lines.map((line) => [line.promptId, line.scores]))] as const;
    }),
  );
  return {
    campaignId,
    round,
    prompts: prompts.map(({ promptId, prompt, completions }) => ({
      promptId,
      prompt,
      completions: completions.map(({ text, finishReason }, index) => {
        const scores = scored.flatMap(([id, ofPrompt]) => {
          const own = ofPrompt.get(promptId);
          return own ? [[id, own[index] ?? null] as const] : [];
        });
        return { text, finishReason, scores: Object.fromEntries(scores) };
      }),
      pairs: pairs
        .filter((pair) => pair.promptId === promptId)
        .map(({ chosen, chosenScore, rejected, rejectedScore }) => ({ chosen, chosenScore, rejected, rejectedScore })),
    })),
  };
}
