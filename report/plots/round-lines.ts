import type { EChartsOption, LineSeriesOption } from 'echarts';
import type { ReportedRound } from '../../contract/campaign-report';
import type { RoundGroup } from '../outline/group-rounds';
import type { Frame, LegendEntry, SeriesStyle } from '../outline/outline';
import { iterationMarks } from './iteration-marks';
import { countAxis, plotBase, valueAxis, type ValueRange } from './plot-base';

export interface RoundLine extends LegendEntry {
  /** One a group; null leaves a gap. */
  values: (number | null)[];
}

export interface RoundLines {
  groups: readonly RoundGroup[];
  rounds: readonly ReportedRound[];
  lines: readonly RoundLine[];
  format: (value: number) => string;
  range?: ValueRange;
  /** A value to compare with, drawn across and named at the right. */
  level?: { value: number; name: string };
}

/** Lines over the campaign's rounds. */
export function roundLines({ groups, rounds, lines, format, range, level }: RoundLines, frame: Frame): EChartsOption {
  const base = plotBase();
  return {
    ...base,
    ...(level && { grid: { ...base.grid, right: 44 } }),
    xAxis: countAxis('round', 1, rounds.length),
    yAxis: valueAxis(format, range),
    series: lines.map((line, index) => ({
      ...lineSeries(line, groups),
      ...(index === 0 && { markLine: marksOf(rounds, frame, level) }),
    })),
  };
}

/** One line; with few points each has its marker, and one that stands alone between gaps is seen by it. */
export function lineSeries(line: RoundLine, groups: readonly RoundGroup[]): LineSeriesOption {
  return {
    type: 'line',
    name: line.name,
    silent: true,
    data: groups.map(({ position }, at) => [position, line.values[at] ?? null]),
    ...lookOf(line),
    showSymbol: groups.length <= 32 || isScattered(line.values),
    showAllSymbol: true,
  };
}

function lookOf({ colour, dash, symbol }: SeriesStyle): Partial<LineSeriesOption> {
  return {
    lineStyle: { color: colour, width: 2, type: dash },
    itemStyle: { color: colour },
    symbol: symbol === 'none' ? 'circle' : symbol,
    symbolSize: 5,
  };
}

function isScattered(values: readonly (number | null)[]): boolean {
  const hasNeighbour = (at: number) => (values[at - 1] ?? null) !== null || (values[at + 1] ?? null) !== null;
  return values.some((value, at) => value !== null && !hasNeighbour(at));
}

function marksOf(rounds: readonly ReportedRound[], frame: Frame, level: RoundLines['level']) {
  const marks = iterationMarks(rounds, frame);
  if (level === undefined) return marks ?? { data: [] };
  return {
    silent: true,
    symbol: 'none',
    precision: 9,
    ...marks,
    data: [
      ...(marks?.data ?? []),
      {
        yAxis: level.value,
        lineStyle: { color: 'var(--muted)', width: 1, type: 'solid' as const },
        label: { formatter: level.name, color: 'var(--muted)', fontSize: 11, position: 'end' as const, distance: 4 },
      },
    ],
  };
}
