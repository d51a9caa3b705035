import { quantile, type Random } from '../../algorithm';
import { canonicalJson, sha256 } from '../../artifact-store';
import type { ScoreSummary } from '../../contract/round-record';

/** Test data: scores of one reward model in one round, on a scale of its own, a few of them missing. */
export function scoreRound(random: Random, rewardModelId: string, place: number, completions: number): ScoreSummary {
  const missing = random.nextInt(3);
  const values = Array.from({ length: completions - missing }, () => 3 * place + (1 + place) * random.normal());
  const [q0, q1, q2, q3, q4] = [0, 0.25, 0.5, 0.75, 1].map((share) => quantile(values, share));
  const text = canonicalJson(values);
  return {
    rewardModelId,
    scores: { sha256: sha256(text), bytes: text.length, mediaType: 'application/jsonl' },
    scored: values.length,
    missing,
    quantiles: [q0!, q1!, q2!, q3!, q4!],
    tiedShare: place === 0 ? 0.08 : 0.01,
    seconds: 1.1,
  };
}
