import { exactMatch } from '../../../algorithm';
import type { ResolvedRewardModel } from '../../../contract/reward-model';
import type { Score, ScoredText, Scorer, ScorerWorld } from '../scorer';

type Rule = Extract<ResolvedRewardModel, { kind: 'verifier' }>['rule'];

/** 1 where the rule holds, 0 where it does not; missing where it cannot be told. */
export const scoreByVerifier: Scorer<'verifier'> = async (world, { rule }, items) => {
  const scores: Score[] = [];
  for (const item of items) scores.push(await scoreOne(world, rule, item));
  return scores;
};

async function scoreOne({ mathVerifier, signal }: ScorerWorld, rule: Rule, item: ScoredText): Promise<Score> {
  if (rule.type === 'format') return Number(new RegExp(rule.pattern, rule.flags).test(item.completion));
  const { answer, completion } = item;
  if (answer === undefined) return 'noAnswer';
  if (rule.type === 'exact') return Number(exactMatch(completion, answer, rule.pattern).correct);
  if (mathVerifier === undefined) throw new Error('This worker has no verifier for mathEquivalence.');
  const verdict = await mathVerifier.check({ answer, completion }, rule.timeoutSeconds * 1_000, signal);
  return typeof verdict === 'boolean' ? Number(verdict) : verdict;
}
