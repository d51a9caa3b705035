import type { EChartsOption } from 'echarts';
import type { Frame } from '../outline/outline';
import { nameAxis, nameRoom } from './name-axis';
import { plotBase, valueAxis } from './plot-base';

export interface ForestRow {
  name: string;
  /** null: there is no number. */
  value: { estimate: number; low: number; high: number } | null;
}

const rowHeight = 24;
const below = 34;

export function forestHeight(rows: number): number {
  return rows * rowHeight + below + 8;
}

/** A row a name: its interval as a line, its estimate as a dot. `level`: an upright line to compare with. */
export function forest(
  rows: readonly ForestRow[],
  format: (value: number) => string,
  frame: Frame,
  level: number | null = null,
): EChartsOption {
  const names = rows.map(({ name }) => name);
  const room = nameRoom(names, frame);
  const shown = rows.flatMap(({ value }, row) => (value ? [[value.estimate, row, value.low, value.high]] : []));
  // The ends of the range are no round numbers.
  const axis = valueAxis(format, { scale: true, ...rangeOf(shown, level) });
  return {
    ...plotBase(),
    grid: { left: room, right: 24, top: 4, bottom: below },
    xAxis: { ...axis, axisLabel: { ...axis.axisLabel, showMinLabel: false, showMaxLabel: false } },
    yAxis: nameAxis(names, room),
    series: [
      {
        type: 'custom',
        silent: true,
        data: shown,
        encode: { x: [0, 2, 3], y: 1 },
        ...(level !== null && {
          markLine: {
            ...{ silent: true, symbol: 'none', data: [{ xAxis: level }], label: { show: false } },
            lineStyle: { color: 'var(--muted)', width: 1, type: 'solid' },
          },
        }),
        renderItem: (_parameters, api) => {
          const at = (value: number) => api.coord([value, Number(api.value(1))]) as [number, number];
          const [cx, cy] = at(Number(api.value(0)));
          const [x1] = at(Number(api.value(2)));
          const [x2] = at(Number(api.value(3)));
          return {
            type: 'group',
            children: [
              { type: 'line', shape: { x1, y1: cy, x2, y2: cy }, style: { stroke: 'var(--text)', lineWidth: 2 } },
              { type: 'circle', shape: { cx, cy, r: 4 }, style: { fill: 'var(--text)' } },
            ],
          };
        },
      },
    ],
  };
}

/** With a little room at both ends. */
function rangeOf(shown: readonly number[][], level: number | null): { min: number; max: number } {
  const values = [
    ...shown.flatMap(([estimate = 0, , low = 0, high = 0]) => [estimate, low, high]),
    ...(level === null ? [] : [level]),
  ];
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const pad = max > min ? (max - min) / 20 : 0.01;
  return { min: min - pad, max: max + pad };
}
