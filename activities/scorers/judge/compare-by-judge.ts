import type { Judgement, Preferred } from '../../../algorithm';
import { inChunks } from '../../in-chunks';
import type { AnswerPair, ScorerWorld } from '../scorer';
import { askJudge } from './ask-judge';
import { canaryAnswers, pairwiseQuestion, type JudgeModel, type Winner } from './judge-prompts';
import { pairOutcome } from './tournament';

/**
 * A chat model's verdict on each pair, asked in both orders. Where a canary wins over the baseline's answer, the judge is
 * not believed at that prompt; as this does not look at the candidate, the same prompts drop out for every policy.
 */
export async function compareByJudge(
  world: ScorerWorld,
  judge: JudgeModel,
  pairs: readonly AnswerPair[],
): Promise<Judgement[]> {
  const canaries = canaryAnswers.slice(0, judge.canaries);
  const questions = pairs.flatMap(({ prompt, candidate, baseline }) =>
    [candidate, ...canaries].flatMap((answer) => [
      pairwiseQuestion(judge, prompt, answer, baseline),
      pairwiseQuestion(judge, prompt, baseline, answer),
    ]),
  );
  const chunking = { chunk: 1, concurrency: judge.maxConcurrentRequests, signal: world.signal };
  const winners = await inChunks(questions, chunking, ([question], signal) =>
    askJudge(world, judge, question!, signal).then((verdict) => [verdict?.winner ?? null]),
  );
  const perPair = 2 * (1 + canaries.length);
  return pairs.map((_, index) => {
    const [first = null, second = null, ...trials] = winners.slice(index * perPair, (index + 1) * perPair);
    const isFooled = canaries.some(
      (__, canary) => (pairOutcome(trials[2 * canary] ?? null, trials[2 * canary + 1] ?? null) ?? 0) > 0.5,
    );
    return isFooled
      ? { candidateFirst: null, candidateSecond: null }
      : { candidateFirst: preferredOf(first, 'A'), candidateSecond: preferredOf(second, 'B') };
  });
}

function preferredOf(winner: Winner | null, candidate: Winner): Preferred | null {
  if (winner === null || winner === 'tie') return winner;
  return winner === candidate ? 'candidate' : 'baseline';
}
