import { inChunks } from '../../in-chunks';
import { groupByPrompt } from '../group-by-prompt';
import type { Score, Scorer } from '../scorer';
import { askJudge } from './ask-judge';
import { canaryAnswers, pairwiseQuestion, pointwiseQuestion } from './judge-prompts';
import { comparisonsOf, pairOutcome, winShares, type Comparison } from './tournament';

/**
 * A chat model's verdicts as scores. Equal completions of a prompt are judged once. Where a canary wins at a prompt,
 * none of the prompt's scores are believed.
 */
export const scoreByJudge: Scorer<'judge'> = async (world, rewardModel, items) => {
  const groups = groupByPrompt(items).map(({ prompt, places }) => {
    const answers = [...new Set(places.map((place) => items[place]!.completion))];
    return { prompt, places, answers, canaries: canaryAnswers.slice(0, rewardModel.canaries) };
  });
  const chunking = { chunk: 1, concurrency: rewardModel.maxConcurrentRequests, signal: world.signal };

  async function pointwise(): Promise<Score[][]> {
    const questions = groups.flatMap(({ prompt, answers, canaries }) =>
      [...answers, ...canaries].map((answer) => pointwiseQuestion(rewardModel, prompt, answer)),
    );
    const verdicts = await inChunks(questions, chunking, ([question], signal) =>
      askJudge(world, rewardModel, question!, signal).then((verdict) => [verdict?.score ?? null]),
    );
    let next = 0;
    return groups.map(({ answers, canaries }) => {
      const scores = verdicts.slice(next, (next += answers.length));
      const fooled = verdicts.slice(next, (next += canaries.length));
      const best = Math.max(rewardModel.lowestScore, ...scores.map((score) => score ?? rewardModel.lowestScore));
      const won = fooled.some((score) => score !== null && score > rewardModel.lowestScore && score >= best);
      return won ? answers.map(() => 'canary' as const) : scores.map((score) => score ?? 'unparsed');
    });
  }

  async function pairwise(): Promise<Score[][]> {
    const tournaments = groups.map(({ answers, canaries }) => {
      const comparisons = comparisonsOf(answers.length, rewardModel.opponents);
      const first = answers.slice(0, rewardModel.opponents);
      const trials = canaries.flatMap((_, canary) => first.map((__, answer) => ({ canary, answer })));
      return { comparisons, trials };
    });
    const questions = groups.flatMap(({ prompt, answers, canaries }, group) => {
      const both = (one: string, other: string) => [
        pairwiseQuestion(rewardModel, prompt, one, other),
        pairwiseQuestion(rewardModel, prompt, other, one),
      ];
      const { comparisons, trials } = tournaments[group]!;
      return [
        ...comparisons.flatMap(({ one, other }) => both(answers[one]!, answers[other]!)),
        ...trials.flatMap(({ canary, answer }) => both(canaries[canary]!, answers[answer]!)),
      ];
    });
    const winners = await inChunks(questions, chunking, ([question], signal) =>
      askJudge(world, rewardModel, question!, signal).then((verdict) => [verdict?.winner ?? null]),
    );
    let next = 0;
    const outcome = () => pairOutcome(winners[next++] ?? null, winners[next++] ?? null);
    return groups.map(({ answers, canaries }, group) => {
      const { comparisons, trials } = tournaments[group]!;
      const played = comparisons.map((comparison): Comparison => ({ ...comparison, outcome: outcome() }));
      const tried = trials.map(({ canary }) => ({ canary, outcome: outcome() }));
      const won = canaries.some((_, canary) => meanOf(tried.filter((one) => one.canary === canary)) > 0.5);
      if (won) return answers.map(() => 'canary' as const);
      return winShares(answers.length, played).map((share) => share ?? 'unparsed');
    });
  }

  const scores: Score[] = new Array<Score>(items.length).fill('unparsed');
  const judged = await (rewardModel.mode === 'pointwise' ? pointwise() : pairwise());
  groups.forEach(({ places, answers }, group) => {
    for (const place of places) scores[place] = judged[group]![answers.indexOf(items[place]!.completion)]!;
  });
  return scores;
};

/** Over what was told; 0 where nothing was. */
function meanOf(tried: readonly { outcome: number | null }[]): number {
  const told = tried.flatMap(({ outcome }) => (outcome === null ? [] : [outcome]));
  return told.length === 0 ? 0 : told.reduce((sum, one) => sum + one, 0) / told.length;
}
