import type { CampaignState } from '../contract/campaign-run';

/** Markdown for the Temporal UI: where the campaign is, its accuracy by iteration, its picks by category. */
export function describeCampaign(state: CampaignState): string {
  const { phase, iteration, iterations, evaluations, totals } = state;
  const categories = Object.entries(totals.picks).map(([category, picks]) => {
    const shares = Object.entries(picks).sort(([, left], [, right]) => right - left);
    return `| ${category} | ${shares.map(([arm, count]) => `${arm} ${count}`).join(', ')} |`;
  });
  const accuracies = evaluations.map((evaluation) => {
    const correct = evaluation.byCategory.reduce((sum, row) => sum + row.correct, 0);
    const total = evaluation.byCategory.reduce((sum, row) => sum + row.total, 0);
    return `| ${evaluation.iteration} | ${((100 * correct) / total).toFixed(1)} % | ${total} |`;
  });
  return [
    `**${phase}**, ${iteration} of ${iterations} iterations done, ${totals.rounds} rounds (${totals.skippedRounds} without pairs)`,
    '',
    ...table('| iteration | held-out accuracy | prompts |', '|---|---|---|', accuracies),
    ...table('| category | rounds by reward model |', '|---|---|', categories),
  ].join('\n');
}

function table(head: string, rule: string, rows: string[]): string[] {
  return rows.length === 0 ? [] : [head, rule, ...rows, ''];
}
