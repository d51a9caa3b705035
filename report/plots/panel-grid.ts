import type { EChartsOption, SeriesOption, XAXisComponentOption, YAXisComponentOption } from 'echarts';
import type { Frame } from '../outline/outline';
import { plotBase } from './plot-base';

export interface Panel {
  title: string;
  xAxis: XAXisComponentOption;
  yAxis: YAXisComponentOption;
  /** Series of this panel, for the axes of the number given. */
  seriesOf: (axis: number) => SeriesOption[];
}

type Width = Pick<Frame, 'width'>;

const widest = 480;

const inner = { left: 44, right: 12, top: 28, bottom: 42 };

/** Columns of `least` pixels or more. */
function columnsFor({ width }: Width, panels: number, least: number): number {
  return Math.max(1, Math.min(panels, Math.floor(width / least)));
}

function columnWidth(frame: Width, panels: number, least: number): number {
  return Math.min(widest, frame.width / columnsFor(frame, panels, least));
}

function rowHeight(width: number): number {
  return Math.round(Math.min(230, 80 + 0.45 * width));
}

export function panelGridHeight(frame: Width, panels: number, least = 160): number {
  return rowHeight(columnWidth(frame, panels, least)) * Math.ceil(panels / columnsFor(frame, panels, least));
}

/** Small plots side by side, each at least `least` pixels wide, with its title and axes. */
export function panelGrid(panels: readonly Panel[], frame: Frame, least = 160): EChartsOption {
  const columns = columnsFor(frame, panels.length, least);
  const width = columnWidth(frame, panels.length, least);
  const height = rowHeight(width);
  const place = (index: number) => ({ left: (index % columns) * width, top: Math.floor(index / columns) * height });
  return {
    ...plotBase(),
    title: panels.map(({ title }, index) => ({
      text: title,
      left: place(index).left + inner.left,
      top: place(index).top + 2,
      padding: 0,
      textStyle: {
        ...{ color: 'var(--text)', fontSize: 12.5, fontWeight: 600, fontFamily: 'inherit' },
        ...{ width: width - inner.left, overflow: 'truncate' },
      },
    })),
    grid: panels.map((_, index) => ({
      left: place(index).left + inner.left,
      top: place(index).top + inner.top,
      width: width - inner.left - inner.right,
      height: height - inner.top - inner.bottom,
    })),
    xAxis: panels.map(({ xAxis }, gridIndex) => ({ ...xAxis, gridIndex })),
    yAxis: panels.map(({ yAxis }, gridIndex) => ({ ...yAxis, gridIndex })),
    series: panels.flatMap(({ seriesOf }, index) => seriesOf(index)),
  };
}
