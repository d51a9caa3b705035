import type { CampaignReport } from '../../contract/campaign-report';
import { valueBars, valueBarsHeight } from '../plots/value-bars';
import { formatCount, formatDuration, formatMany, formatNumber, formatPercent } from '../format-quantity';
import { dataTable, rewardModelCell } from './data-table';
import { ledgerTables, spendingParagraphs } from './ledger-tables';
import type { DataTable, Figure, Section } from './outline';

/** Where time, tokens, calls and money went. */
export function costSection(report: CampaignReport): Section {
  const { cost, calls, progress } = report;
  const section = {
    id: 'cost',
    title: report.spending.ledger.currency === null ? 'Time, tokens and calls' : 'Time, tokens, calls and money',
  };
  if (progress.rounds === 0) return { ...section, paragraphs: ['No round is finished yet.'], figures: [], tables: [] };
  const reused =
    cost.reusedSteps > 0
      ? [
          `${formatMany(cost.reusedSteps, 'step')} had been done before and took no time; their first time is counted here.`,
        ]
      : [];
  return {
    ...section,
    paragraphs: [
      `${formatDuration(cost.elapsedSeconds)} from the start; ${formatCount(cost.generatedTokens)} tokens generated, ` +
        `${formatCount(cost.trainedTokens)} tokens trained on (prompts included). Steps run side by side, so their times do not add up to the clock’s.`,
      `${formatMany(calls.made, 'completion')} scored. An ensemble that asks every reward model would have scored ${formatCount(calls.ensemble)}` +
        (calls.saved > 0 ? `: ${formatPercent(calls.saved / calls.ensemble, 0)} of the calls were saved.` : '.'),
      ...spendingParagraphs(report.spending),
      ...reused,
    ],
    figures: [stepsFigure(report)],
    tables: [rewardModelCosts(report), ...ledgerTables(report.spending)],
  };
}

function stepsFigure({ cost }: CampaignReport): Figure {
  const rows = Object.entries(cost.stepSeconds)
    .filter(([, seconds]) => seconds > 0)
    .map(([name, value]) => ({ name, value }))
    .sort((left, right) => right.value - left.value);
  return {
    title: 'Busy time by step',
    caption: 'Wall-clock of each step when it was first done, summed over the campaign.',
    description: `Bars, the longest first: ${rows.map(({ name, value }) => `${name} ${formatDuration(value)}`).join(', ')}.`,
    legend: [],
    span: 'full',
    heightOf: () => valueBarsHeight(rows.length),
    draw: (frame) => valueBars(rows, formatDuration, frame),
    data: dataTable(
      'Busy time by step',
      ['Step', 'Seconds', 'Share'],
      rows.map(({ name, value }) => [
        name,
        formatNumber(value),
        formatPercent(value / rows.reduce((sum, row) => sum + row.value, 0)),
      ]),
    ),
  };
}

function rewardModelCosts({ rewardModels }: CampaignReport): DataTable {
  return dataTable(
    'By reward model',
    ['Reward model', 'Completions scored', 'Scoring', 'A completion', 'Training', 'Tokens generated'],
    rewardModels.map(({ rewardModelId, scored, missing, scoringSeconds, trainingSeconds, generatedTokens }) => [
      rewardModelCell(rewardModelId),
      formatCount(scored + missing),
      formatDuration(scoringSeconds),
      scored + missing === 0 ? '–' : `${formatNumber((1000 * scoringSeconds) / (scored + missing))} ms`,
      formatDuration(trainingSeconds),
      formatCount(generatedTokens),
    ]),
  );
}
