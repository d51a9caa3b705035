import type { CustomSeriesOption } from 'echarts';
import type { SeriesStyle } from '../outline/outline';

export interface RangeBar {
  x: number;
  /** Bottom to top; each pair from the outside in is drawn thicker. */
  outer: [low: number, high: number];
  inner?: [low: number, high: number] | undefined;
  centre: number;
}

/** An upright line from low to high at each x, thicker over the inner range, with a dot at the centre. */
export function rangeBars(
  bars: readonly RangeBar[],
  { colour }: SeriesStyle,
  { axis = 0, thickness = 5, dot = 2.5 }: { axis?: number; thickness?: number; dot?: number } = {},
): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    xAxisIndex: axis,
    yAxisIndex: axis,
    clip: true,
    data: bars.map(({ x, outer, inner, centre }) => [x, ...outer, ...(inner ?? [centre, centre]), centre]),
    encode: { x: 0, y: [1, 2] },
    renderItem: (_parameters, api) => {
      const x = Number(api.value(0));
      const at = (dimension: number) => api.coord([x, Number(api.value(dimension))]) as [number, number];
      const stroke = (from: number, to: number, lineWidth: number, opacity: number) => {
        const [[x1, y1], [x2, y2]] = [at(from), at(to)];
        return { type: 'line' as const, shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth, opacity } };
      };
      const [cx, cy] = at(5);
      return {
        type: 'group',
        children: [
          stroke(1, 2, 1.5, 0.65),
          stroke(3, 4, thickness, 0.65),
          { type: 'circle', shape: { cx, cy, r: dot }, style: { fill: colour } },
        ],
      };
    },
  };
}
