import type { Judgement, Preferred } from '../../algorithm';
import type { ResolvedRewardModel } from '../../contract/reward-model';
import { compareByJudge } from './judge/compare-by-judge';
import { scoreTexts } from './score-texts';
import type { AnswerPair, ScorerWorld } from './scorer';

/**
 * Which of two answers a reward model prefers, for every pair in order. A judge compares them in both orders; of any other
 * kind the higher score wins, and equal scores tie. null: a verdict or a score is missing.
 */
export async function compareAnswers(
  world: ScorerWorld,
  rewardModel: ResolvedRewardModel,
  pairs: readonly AnswerPair[],
): Promise<Judgement[]> {
  if (rewardModel.kind === 'judge') return compareByJudge(world, rewardModel, pairs);
  const items = pairs.flatMap(({ prompt, candidate, baseline, answer }) =>
    [candidate, baseline].map((completion) => ({ prompt, completion, answer })),
  );
  const { scores } = await scoreTexts(world, rewardModel, items);
  return pairs.map((_, index) => {
    const verdict = higherOf(scores[2 * index] ?? null, scores[2 * index + 1] ?? null);
    return { candidateFirst: verdict, candidateSecond: verdict };
  });
}

function higherOf(candidate: number | null, baseline: number | null): Preferred | null {
  if (candidate === null || baseline === null) return null;
  if (candidate === baseline) return 'tie';
  return candidate > baseline ? 'candidate' : 'baseline';
}
