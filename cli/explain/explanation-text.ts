import type { ExplainOutput } from '../../contract/cli-output/inspection';
import { decisionText } from './decision-text';
import { ensembleText } from './ensemble-text';

/** Why the bandit asked whom, and what came of it, for people. */
export function explanationText({
  campaignId,
  iteration,
  round,
  category,
  decisions,
  ensemble,
  outcome,
}: ExplainOutput): string {
  const { pairs, loss, rawReward, banditReward } = outcome;
  const came =
    loss === null
      ? 'No preference pairs came of it, so nothing was learned.'
      : banditReward === null
        ? `What came of it: ${pairs} pairs, loss ${loss.toFixed(4)}.`
        : `What came of it: ${pairs} pairs, loss ${loss.toFixed(4)}, raw reward ${(rawReward ?? 0).toFixed(4)}, bandit reward ${banditReward.toFixed(2)}.`;
  return [
    `${campaignId}, iteration ${iteration}, round ${round}, ${category ?? 'mixed'}`,
    ...decisions.flatMap((decision) => [decisionText(decision), ...nearestLines(decision.nearest)]),
    ...(ensemble ? [ensembleText(ensemble)] : []),
    came,
  ].join('\n');
}

function nearestLines(nearest: ExplainOutput['decisions'][number]['nearest']): string[] {
  if (nearest.length === 0) return ['No earlier round to compare with.'];
  return [
    'Earlier rounds in the most similar contexts:',
    ...nearest.map(({ iteration, round, cosine, rewardModelId, banditReward }) => {
      const reward = banditReward === null ? 'no pairs' : `bandit reward ${banditReward.toFixed(2)}`;
      return `  ${`${iteration}/${round}`.padEnd(8)} cosine ${cosine.toFixed(3).padStart(6)}  ${rewardModelId}, ${reward}`;
    }),
  ];
}
