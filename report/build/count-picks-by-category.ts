import { choicesOfRounds, countChoices } from '../../algorithm';
import type { CampaignReport } from '../../contract/campaign-report';
import type { ReportInputs } from '../report-inputs';

/** Decisions by category of their prompts and by reward model. A decision for prompts of several categories is mixed. */
export function countPicksByCategory({
  rounds,
  categoryOfPrompt,
}: Pick<ReportInputs, 'rounds' | 'categoryOfPrompt'>): CampaignReport['picksByCategory'] {
  return Object.entries(countChoices(choicesOfRounds(rounds, categoryOfPrompt)))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([category, picks]) => ({ category, picks }));
}
