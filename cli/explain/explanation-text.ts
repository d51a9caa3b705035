import type { ExplainOutput } from '../../contract/cli-output/inspection';
import { choicesByContext, decisionText } from './decision-text';
import { ensembleText } from './ensemble-text';

type Decision = ExplainOutput['decisions'][number];

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
    ...choicesByContext(decisions).flatMap((choices) => [decisionText(choices), ...nearestLines(choices[0]!.nearest)]),
    ...(ensemble ? [ensembleText(ensemble)] : []),
    came,
  ].join('\n');
}

function nearestLines(nearest: Decision['nearest']): string[] {
  if (nearest.length === 0) return ['No earlier round to compare with.'];
  return [
    'Earlier rounds in the most similar contexts:',
    ...nearest.map(({ iteration, round, cosine, rewardModelId, choices, banditReward }) => {
      const reward = banditReward === null ? 'nothing learned' : `bandit reward ${banditReward.toFixed(2)}`;
      const often = choices === 1 ? '' : ` ${choices} times`;
      return `  ${`${iteration}/${round}`.padEnd(8)} cosine ${cosine.toFixed(3).padStart(6)}  ${rewardModelId}${often}, ${reward}`;
    }),
  ];
}
