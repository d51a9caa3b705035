import { readBanditLog } from '../../activities/bandit-log';
import { rightness } from '../../algorithm';
import { mean } from '../../algorithm/statistics/mean';
import type { ArtifactStore } from '../../artifact-store';
import type { ArtifactRef } from '../../contract/artifact';
import type { ExplainOutput } from '../../contract/cli-output/inspection';
import { preferencePair, promptCompletions, promptScores } from '../../contract/round';
import type { RoundRecord } from '../../contract/round-record';
import { asksAll } from '../../contract/selection-needs';

/**
 * How an ensemble made one order of many in a round: what each reward model's scores weighed, and on how many of the pairs
 * it agreed with that order. null where one reward model was chosen.
 */
export async function ensembleOfRound(
  store: ArtifactStore,
  banditLog: ArtifactRef | null,
  { scoring, completions, pairs }: Pick<RoundRecord, 'scoring' | 'completions' | 'pairs'>,
): Promise<ExplainOutput['ensemble']> {
  const selection = banditLog && (await readBanditLog(store, banditLog)).selection;
  if (!selection || !asksAll(selection)) return null;
  const ordered = pairs ? await store.getJsonLines(pairs, preferencePair) : [];
  const texts = new Map(
    (await store.getJsonLines(completions, promptCompletions)).map((line) => [
      line.promptId,
      line.completions.map(({ text }) => text),
    ]),
  );
  const votes = selection.type === 'agreementEnsemble';
  const even = votes ? null : 1 / scoring.length;
  return {
    type: selection.type,
    votes: votes && ordered.length > 0 ? votesOf(ordered) : null,
    rewardModels: await Promise.all(
      scoring.map(async ({ rewardModelId, scores, scored, missing, weight = even }) => {
        const lines = await store.getJsonLines(scores, promptScores);
        const scoresOf = new Map(lines.map((line) => [line.promptId, line.scores]));
        const scoreOf = (promptId: string, text: string) =>
          scoresOf.get(promptId)?.[texts.get(promptId)?.indexOf(text) ?? -1] ?? null;
        const agreed = ordered.flatMap(
          ({ promptId, chosen, rejected }) => rightness(scoreOf(promptId, chosen), scoreOf(promptId, rejected)) ?? [],
        );
        return { rewardModelId, weight, scored, missing, agreement: agreed.length === 0 ? null : mean(agreed) };
      }),
    ),
  };
}

function votesOf(pairs: readonly { chosenScore: number; rejectedScore: number }[]) {
  return {
    for: mean(pairs.map(({ chosenScore }) => chosenScore)),
    against: mean(pairs.map(({ rejectedScore }) => rejectedScore)),
  };
}
