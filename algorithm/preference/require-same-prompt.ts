import type { PromptScores } from '../../contract/round';

/** The prompt that all RMs scored, and how many completions it has. Throws when they do not agree on both. */
export function requireSamePrompt(
  where: string,
  scoresByRewardModel: readonly PromptScores[],
): { promptId: string; count: number } {
  const [first] = scoresByRewardModel;
  if (!first) throw new Error(`${where}: there are no scores; give those of at least one reward model.`);
  const { promptId } = first;
  const count = first.scores.length;
  const other = scoresByRewardModel.find((scores) => scores.promptId !== promptId || scores.scores.length !== count);
  if (other) {
    throw new Error(
      `${where}: one reward model scored ${count} completions of '${promptId}', another ` +
        `${other.scores.length} of '${other.promptId}'; give scores of the same completions.`,
    );
  }
  return { promptId, count };
}
