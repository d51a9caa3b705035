import type { EChartsOption } from 'echarts';
import type { Frame } from '../outline/outline';
import { nameAxis, nameRoom } from './name-axis';
import { plotBase } from './plot-base';

const rowHeight = 28;

export function valueBarsHeight(rows: number): number {
  return rows * rowHeight + 8;
}

/** A bar a row with its value written behind it, so that no axis is needed. */
export function valueBars(
  rows: readonly { name: string; value: number }[],
  format: (value: number) => string,
  frame: Frame,
): EChartsOption {
  const room = nameRoom(
    rows.map(({ name }) => name),
    frame,
  );
  return {
    ...plotBase(),
    grid: { left: room, right: 110, top: 4, bottom: 4 },
    xAxis: { type: 'value', show: false, min: 0 },
    yAxis: nameAxis(
      rows.map(({ name }) => name),
      room,
    ),
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: 16,
        data: rows.map(({ value }) => value),
        itemStyle: { color: 'var(--muted)' },
        label: {
          show: true,
          position: 'right',
          color: 'var(--text)',
          fontSize: 12,
          formatter: ({ dataIndex }) => format(rows[dataIndex]?.value ?? 0),
        },
      },
    ],
  };
}
