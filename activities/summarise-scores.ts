import { quantile } from '../algorithm';
import type { PromptScores } from '../contract/round';
import type { ScoreSummary } from '../contract/round-record';

/** Distribution, ties and gaps of one reward model's scores in one round. */
export function summariseScores(
  lines: readonly PromptScores[],
): Pick<ScoreSummary, 'scored' | 'missing' | 'quantiles' | 'tiedShare'> {
  const finite = lines.map(({ scores }) => scores.filter((score) => score !== null));
  const all = finite.flat();
  let pairs = 0;
  let tied = 0;
  for (const scores of finite) {
    const counts = new Map<number, number>();
    for (const score of scores) counts.set(score, (counts.get(score) ?? 0) + 1);
    pairs += (scores.length * (scores.length - 1)) / 2;
    for (const count of counts.values()) tied += (count * (count - 1)) / 2;
  }
  return {
    scored: all.length,
    missing: lines.reduce((sum, { scores }) => sum + scores.length, 0) - all.length,
    quantiles: all.length === 0 ? null : [0, 0.25, 0.5, 0.75, 1].map((at) => quantile(all, at)),
    tiedShare: pairs === 0 ? 0 : tied / pairs,
  };
}
