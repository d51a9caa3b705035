import type { CampaignReport } from '../../contract/campaign-report';
import { meanOf } from '../build/report-round';
import { panelGrid, panelGridHeight, type Panel } from '../plots/panel-grid';
import { countAxis, valueAxis } from '../plots/plot-base';
import { rangeBars } from '../plots/range-bars';
import { formatCount, formatNumber, formatPercent, formatTick } from '../format-quantity';
import { dataTable, rewardModelCell } from './data-table';
import { groupRounds, groupSize } from './group-rounds';
import type { DataTable, Figure, LegendEntry, Section } from './outline';
import { rewardModelStyles } from './series-styles';

const mostPanels = 12;
const mostBars = 60;

interface ScorePoint {
  label: string;
  position: number;
  /** 0, 25, 50, 75 and 100 %. */
  quantiles: [number, number, number, number, number];
}
type ScoredModel = LegendEntry & { points: ScorePoint[] };

/** How each reward model scored, and what it could not score. */
export function scoresSection(report: CampaignReport): Section {
  const scored = rewardModelStyles(report)
    .map((style): ScoredModel => ({ ...style, points: pointsOf(report, style.name) }))
    .filter(({ points }) => points.length > 0);
  return {
    id: 'scores',
    title: 'Scores',
    paragraphs: [
      'A reward model’s scores are on a scale of their own, so no two plots share an axis. Only their order within a prompt is used.',
      ...(scored.length === 0 ? ['Nothing has been scored yet.'] : []),
    ],
    figures: scored.length === 0 ? [] : [scoresFigure(report, scored)],
    tables: report.rounds.length === 0 ? [] : [scoresTable(report)],
  };
}

function pointsOf({ rounds }: CampaignReport, rewardModelId: string): ScorePoint[] {
  return groupRounds(rounds, mostBars).flatMap(({ label, position, rounds: members }) => {
    const known = members.flatMap(({ scores }) => scores[rewardModelId]?.quantiles ?? []);
    if (known.length === 0) return [];
    const at = (place: number) => meanOf(known.filter((_, index) => index % 5 === place)) ?? 0;
    return [{ label, position, quantiles: [at(0), at(1), at(2), at(3), at(4)] }];
  });
}

function scoresFigure({ rounds }: CampaignReport, scored: readonly ScoredModel[]): Figure {
  const shown = scored.slice(0, mostPanels);
  const left = scored.length - shown.length;
  const size = groupSize(groupRounds(rounds, mostBars));
  const panels = shown.map((model): Panel => ({
    title: model.name,
    xAxis: countAxis('round', 1, rounds.length, 0.5),
    yAxis: valueAxis(formatTick, { scale: true }),
    seriesOf: (axis) => [
      rangeBars(
        model.points.map(({ position, quantiles: [min, low, median, high, max] }) => ({
          ...{ x: position, outer: [min, max], inner: [low, high], centre: median },
        })),
        model,
        { axis, thickness: model.points.length > 30 ? 3 : 5, dot: model.points.length > 30 ? 1.5 : 2.5 },
      ),
    ],
  }));
  return {
    title: 'Scores over rounds',
    caption:
      'Thin line from the lowest to the highest score of a round, thick line over the middle half, dot at the median.' +
      (size === '1' ? '' : ` Each is the mean of up to ${size} rounds.`) +
      (left > 0 ? ` ${left} further reward models are in the table.` : ''),
    description: `Small plots of the quantiles of the scores over rounds for ${shown.length} reward models.`,
    legend: [],
    span: 'full',
    heightOf: (frame) => panelGridHeight(frame, panels.length),
    draw: (frame) => panelGrid(panels, frame),
    data: dataTable(
      'Quantiles of the scores by round',
      ['Reward model', 'Rounds', 'Lowest', '25 %', 'Median', '75 %', 'Highest'],
      scored.flatMap(({ name, points }) =>
        points.map(({ label, quantiles }) => [rewardModelCell(name), label, ...quantiles.map(formatNumber)]),
      ),
    ),
  };
}

function scoresTable({ rewardModels }: CampaignReport): DataTable {
  return dataTable(
    'Scored, missing and tied',
    ['Reward model', 'Scored', 'Missing', 'Missing share', 'Tied share'],
    rewardModels.map(({ rewardModelId, scored, missing, tiedShare }) => [
      rewardModelCell(rewardModelId),
      formatCount(scored),
      formatCount(missing),
      scored + missing === 0 ? '–' : formatPercent(missing / (scored + missing), 2),
      tiedShare === null ? '–' : formatPercent(tiedShare, 2),
    ]),
  );
}
