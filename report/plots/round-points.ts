import type { EChartsOption, SeriesOption } from 'echarts';
import type { ReportedRound } from '../../contract/campaign-report';
import type { Frame, LegendEntry } from '../outline/outline';
import { iterationMarks } from './iteration-marks';
import { countAxis, plotBase, valueAxis, type ValueRange } from './plot-base';

export interface RoundPoints {
  rounds: readonly ReportedRound[];
  clouds: readonly (LegendEntry & { points: [position: number, value: number][] })[];
  /** Through all clouds. */
  trend: [position: number, value: number][];
  format: (value: number) => string;
  range?: ValueRange;
}

/** A point a round in its reward model's look, and the trend of all. */
export function roundPoints({ rounds, clouds, trend, format, range }: RoundPoints, frame: Frame): EChartsOption {
  const marks = iterationMarks(rounds, frame);
  const series: SeriesOption[] = clouds.map(({ name, colour, symbol, points }) => ({
    type: 'scatter',
    name,
    silent: true,
    data: points,
    symbol: symbol === 'none' ? 'circle' : symbol,
    symbolSize: rounds.length > 200 ? 5 : 7,
    itemStyle: { color: colour, opacity: 0.9 },
  }));
  series.push({
    type: 'line',
    name: 'trend',
    silent: true,
    data: trend,
    showSymbol: false,
    lineStyle: { color: 'var(--text)', width: 1.5, opacity: 0.75 },
    ...(marks && { markLine: marks }),
  });
  return { ...plotBase(), xAxis: countAxis('round', 1, rounds.length), yAxis: valueAxis(format, range), series };
}
