import type { ExplainOutput } from '../../contract/cli-output/inspection';
import { newTable } from '../new-table';

type Ensemble = NonNullable<ExplainOutput['ensemble']>;

const how: Record<Ensemble['type'], string> = {
  scoreEnsemble: 'All were asked; a completion has the mean of its scores, standardised by prompt.',
  agreementEnsemble: 'All were asked; the pairs on which most of them agree were kept.',
  onlineEnsemble: 'All were asked; a completion has the weighted mean of its scores, standardised by prompt.',
};

/** How an ensemble ordered the round's pairs, for people. */
export function ensembleText({ type, votes, rewardModels }: Ensemble): string {
  const table = newTable(['reward model', 'weight', 'agrees on pairs', 'scored', 'missing']);
  for (const { rewardModelId, weight, agreement, scored, missing } of rewardModels) {
    const share = agreement === null ? '–' : `${(100 * agreement).toFixed(1)} %`;
    table.push([rewardModelId, weight === null ? 'one vote' : weight.toFixed(4), share, scored, missing]);
  }
  const counted = votes
    ? [`Votes a pair: ${votes.for.toFixed(2)} for the chosen one, ${votes.against.toFixed(2)} against.`]
    : [];
  return [how[type], table.toString(), ...counted].join('\n');
}
