import type { EChartsOption } from 'echarts';
import type { Frame, LegendEntry } from '../outline/outline';
import { nameAxis, nameRoom } from './name-axis';
import { fromNoneToAll, plotBase, valueAxis } from './plot-base';

const rowHeight = 30;
const below = 30;

export function stackedSharesHeight(rows: number): number {
  return rows * rowHeight + below + 4;
}

/** A bar of 100 % a row, split by series. */
export function stackedShares(
  rows: readonly { name: string; shares: Record<string, number> }[],
  series: readonly LegendEntry[],
  frame: Frame,
): EChartsOption {
  const names = rows.map(({ name }) => name);
  const room = nameRoom(names, frame);
  return {
    ...plotBase(),
    grid: { left: room, right: 18, top: 4, bottom: below },
    xAxis: valueAxis((value) => `${Math.round(100 * value)} %`, fromNoneToAll),
    yAxis: nameAxis(names, room),
    series: series.map(({ name, colour }) => ({
      type: 'bar' as const,
      name,
      silent: true,
      stack: 'share',
      barWidth: 18,
      data: rows.map(({ shares }) => shares[name] ?? 0),
      itemStyle: { color: colour, borderColor: 'var(--page)', borderWidth: 1 },
    })),
  };
}
