import type { EChartsOption, XAXisComponentOption } from 'echarts';
import type { LegendEntry } from '../outline/outline';
import { plotBase, valueAxis } from './plot-base';

export interface PointLine extends LegendEntry {
  points: [x: number, y: number][];
}

/** Lines through a few points each, with their markers. */
export function pointLines(
  lines: readonly PointLine[],
  xAxis: XAXisComponentOption,
  format: (value: number) => string,
): EChartsOption {
  return {
    ...plotBase(),
    grid: { left: 52, right: 24, top: 16, bottom: 46 },
    xAxis,
    yAxis: valueAxis(format, { scale: true }),
    series: lines.map(({ name, points, colour, dash, symbol }) => ({
      ...{ type: 'line', name, silent: true, data: points, symbolSize: 7, showAllSymbol: true },
      lineStyle: { color: colour, width: 2, type: dash },
      itemStyle: { color: colour },
      symbol: symbol === 'none' ? 'circle' : symbol,
    })),
  };
}
