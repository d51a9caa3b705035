import type { CampaignReport, ReportedRound } from '../../contract/campaign-report';
import { formatCount, formatNumber, formatPercent } from '../format-quantity';
import { pickStrip, pickStripHeight } from '../plots/pick-strip';
import { stackedShares, stackedSharesHeight } from '../plots/stacked-shares';
import { dataTable, rewardModelCell } from './data-table';
import { groupRounds, groupSize } from './group-rounds';
import type { DataTable, Figure, Section } from './outline';
import { rewardModelStyles } from './series-styles';

/** Which reward model was asked: over the rounds, and by category. */
export function picksSection(report: CampaignReport): Section {
  const { rounds, picksByCategory } = report;
  const section = { id: 'picks', title: 'Which reward model was asked' };
  if (rounds.length === 0) return { ...section, paragraphs: ['No round is finished yet.'], figures: [], tables: [] };
  return {
    ...section,
    paragraphs: [lead(report)],
    figures: [stripFigure(report), ...(picksByCategory.length > 1 ? [shareFigure(report)] : [])],
    tables: [
      rewardModelTable(report),
      ...(picksByCategory.length > 0 ? [categoryTable(report), iterationTable(report)] : []),
    ],
  };
}

function lead({ rewardModels }: CampaignReport): string {
  const leader = rewardModels.toSorted((left, right) => right.picks - left.picks)[0];
  return !leader || leader.pickShare === null
    ? 'All reward models are asked in every round; nothing is chosen.'
    : `${leader.rewardModelId} was asked most: ${formatPercent(leader.pickShare)} of the decisions.`;
}

function stripFigure(report: CampaignReport): Figure {
  const { rounds } = report;
  const styles = rewardModelStyles(report);
  const groups = groupRounds(rounds);
  const size = groupSize(groups);
  return {
    title: 'Picks over rounds',
    caption:
      size === '1'
        ? 'A bar: this reward model was asked. Its height is the share where a round has several decisions.'
        : `The height of a bar is the reward model’s share of the decisions in ${size} rounds.`,
    description: `A strip for each of ${styles.length} reward models with a bar at every round in which it was asked, ${rounds.length} rounds in all.`,
    legend: [],
    span: 'full',
    heightOf: () => pickStripHeight(styles.length),
    draw: (frame) =>
      pickStrip({ groups, rounds, rewardModels: styles, shareOf: ({ rounds: own }, id) => shareOf(own, id) }, frame),
    data: dataTable(
      'Share of decisions by round',
      ['Rounds', ...styles.map(({ name }) => name)],
      groups.map((group) => [group.label, ...styles.map(({ name }) => formatPercent(shareOf(group.rounds, name), 0))]),
    ),
  };
}

/** Of the decisions in a group of rounds; 1 for each that was asked where all were. */
function shareOf(rounds: readonly ReportedRound[], rewardModelId: string): number {
  const all = rounds.flatMap(({ picks }) => Object.values(picks)).reduce((sum, value) => sum + value, 0);
  if (all === 0) return rounds.filter(({ scores }) => scores[rewardModelId]).length / rounds.length;
  return rounds.reduce((sum, { picks }) => sum + (picks[rewardModelId] ?? 0), 0) / all;
}

function shareFigure(report: CampaignReport): Figure {
  const styles = rewardModelStyles(report);
  const rows = report.picksByCategory.map(({ category, picks }) => {
    const all = Object.values(picks).reduce((sum, value) => sum + value, 0);
    return {
      name: category,
      shares: Object.fromEntries(Object.entries(picks).map(([id, count]) => [id, count / all])),
    };
  });
  return {
    title: 'Share by category',
    caption: 'Of the decisions for each category of prompts.',
    description: `Stacked bars of the share of each reward model in ${rows.length} categories.`,
    legend: styles.map((style) => ({ ...style, symbol: 'rect', dash: [] })),
    span: 'full',
    heightOf: () => stackedSharesHeight(rows.length),
    draw: (frame) => stackedShares(rows, styles, frame),
    data: dataTable(
      'Share of decisions by category',
      ['Category', ...styles.map(({ name }) => name)],
      rows.map(({ name, shares }) => [name, ...styles.map(({ name: id }) => formatPercent(shares[id] ?? 0, 0))]),
    ),
  };
}

function categoryTable({ picksByCategory, rewardModels }: CampaignReport): DataTable {
  return dataTable(
    'Decisions by category',
    ['Category', ...rewardModels.map(({ rewardModelId }) => rewardModelId)],
    picksByCategory.map(({ category, picks }) => [
      category,
      ...rewardModels.map(({ rewardModelId }) => formatCount(picks[rewardModelId] ?? 0)),
    ]),
  );
}

function iterationTable({ rounds, rewardModels }: CampaignReport): DataTable {
  const iterations = [...new Set(rounds.map(({ iteration }) => iteration))];
  return dataTable(
    'Share of decisions by iteration',
    ['Iteration', ...rewardModels.map(({ rewardModelId }) => rewardModelId)],
    iterations.map((iteration) => {
      const own = rounds.filter((round) => round.iteration === iteration);
      return [
        String(iteration),
        ...rewardModels.map(({ rewardModelId }) => formatPercent(shareOf(own, rewardModelId))),
      ];
    }),
  );
}

function rewardModelTable({ rewardModels }: CampaignReport): DataTable {
  return dataTable(
    'Reward models',
    ['Reward model', 'Kind', 'State', 'Rounds', 'Decisions', 'Share', 'Mean bandit reward', 'θ·c now', 'Width now'],
    rewardModels.map((model) => [
      rewardModelCell(model.rewardModelId),
      model.kind ?? '–',
      model.status,
      formatCount(model.roundsAsked),
      formatCount(model.picks),
      model.pickShare === null ? '–' : formatPercent(model.pickShare),
      formatNumber(model.meanBanditReward),
      formatNumber(model.lastMean),
      formatNumber(model.lastWidth),
    ]),
    3,
  );
}
