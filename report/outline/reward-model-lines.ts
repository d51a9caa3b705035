import type { CampaignReport, ReportedRound } from '../../contract/campaign-report';
import { meanOf } from '../build/report-round';
import { formatNumber, formatTick } from '../format-quantity';
import { niceRange } from '../plots/nice-range';
import { panelGrid, panelGridHeight, type Panel } from '../plots/panel-grid';
import { countAxis, valueAxis, type ValueRange } from '../plots/plot-base';
import { lineSeries, roundLines, type RoundLine } from '../plots/round-lines';
import { dataTable } from './data-table';
import { groupingNote, groupRounds, type RoundGroup } from './group-rounds';
import type { Figure } from './outline';
import { rewardModelStyles } from './series-styles';

const mostPanels = 12;
const panelWidth = 168;

export interface RewardModelLines {
  title: string;
  caption: string;
  valueOf: (round: ReportedRound, rewardModelId: string) => number | null;
  /** Depends on the context, so that categories are told apart. */
  byCategory: boolean;
}

interface Facet {
  category: string | null;
  groups: RoundGroup[];
  lines: RoundLine[];
}

/**
 * A line a reward model over the rounds. With `byCategory`, each category that rounds are of has a plot of its own: its
 * contexts are alike, so the line shows what was learned and not whose turn it was.
 */
export function rewardModelLines(report: CampaignReport, wanted: RewardModelLines): Figure {
  const { rounds } = report;
  const { title, caption } = wanted;
  const facets = facetsOf(report, wanted);
  const shown = facets.slice(0, mostPanels);
  const [first] = facets;
  const heads = ['Rounds', ...rewardModelStyles(report).map(({ name }) => name)];
  const isSplit = facets.length > 1;
  const notes = [
    isSplit ? ' One plot a category.' : '',
    groupingNote(first?.groups ?? []),
    shown.length < facets.length ? ` ${facets.length - shown.length} further categories are in the table.` : '',
  ];
  // The same for all facets, so that they can be compared.
  const values = facets.flatMap(({ lines }) => lines.flatMap((line) => line.values));
  const range = niceRange(values, [0]);
  return {
    title,
    caption: caption + notes.join(''),
    description: `Lines over ${rounds.length} rounds, one a reward model. ${facets.map(endsOf).join(' ')}`,
    legend: rewardModelStyles(report),
    span: isSplit ? 'full' : 'half',
    heightOf: (frame) => (isSplit ? panelGridHeight(frame, shown.length, panelWidth) : 270),
    draw: (frame) =>
      isSplit
        ? panelGrid(
            shown.map((facet) => panelOf(facet, rounds, range)),
            frame,
            panelWidth,
          )
        : roundLines({ ...facets[0]!, rounds, format: formatTick, range }, frame),
    data: dataTable(
      title,
      isSplit ? ['Category', ...heads] : heads,
      facets.flatMap(({ category, groups, lines }) =>
        groups.map(({ label }, index) => [
          ...(isSplit ? [category ?? 'mixed'] : []),
          label,
          ...lines.map(({ values }) => formatNumber(values[index])),
        ]),
      ),
    ),
  };
}

function facetsOf(report: CampaignReport, { valueOf, byCategory }: RewardModelLines): Facet[] {
  const categoryOf = ({ category }: ReportedRound) => (byCategory ? category : null);
  const categories = [...new Set(report.rounds.map(categoryOf))].sort();
  return categories.map((category) => {
    const own = report.rounds.filter((round) => categoryOf(round) === category);
    const groups = groupRounds(own, categories.length > 1 ? 40 : 120);
    const lines = rewardModelStyles(report).map((style) => ({
      ...style,
      values: groups.map((group) => meanOf(group.rounds.map((round) => valueOf(round, style.name)))),
    }));
    return { category, groups, lines };
  });
}

function panelOf({ category, groups, lines }: Facet, rounds: readonly ReportedRound[], range: ValueRange): Panel {
  return {
    title: category ?? 'mixed',
    xAxis: countAxis('round', 1, rounds.length),
    yAxis: valueAxis(formatTick, range),
    seriesOf: (axis) =>
      lines.map((line) => ({
        ...lineSeries(line, groups),
        showSymbol: groups.length < 4,
        xAxisIndex: axis,
        yAxisIndex: axis,
      })),
  };
}

function endsOf({ category, lines }: Facet): string {
  const ends = lines.map(({ name, values }) => `${name} ${formatNumber(values.at(-1))}`);
  return `At the end${category === null ? '' : ` for ${category}`}: ${ends.join(', ')}.`;
}
