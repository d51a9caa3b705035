import type { EChartsOption } from 'echarts';

/** A cell's text, and what it is where that changes how it is shown. */
export type Cell = string | { text: string; as: 'code' | 'rewardModel' };

export interface DataTable {
  caption: string;
  columns: { head: string; numeric: boolean }[];
  rows: Cell[][];
}

/** How the same series looks everywhere: colour, dash and marker, so that no reader needs the colour. */
export interface SeriesStyle {
  /** A CSS custom property, as var(--…). */
  colour: string;
  dash: 'solid' | number[];
  symbol: 'circle' | 'rect' | 'triangle' | 'diamond' | 'none';
}

export interface LegendEntry extends SeriesStyle {
  name: string;
}

/** The drawing area, pixels. narrow: a phone's. */
export interface Frame {
  width: number;
  height: number;
  narrow: boolean;
}

export interface Figure {
  title: string;
  caption: string;
  /** What the plot shows, for those who cannot see it; the numbers are in `data`. */
  description: string;
  legend: LegendEntry[];
  span: 'half' | 'full';
  heightOf: (frame: Pick<Frame, 'width' | 'narrow'>) => number;
  draw: (frame: Frame) => EChartsOption;
  data: DataTable;
}

export interface Section {
  id: string;
  title: string;
  paragraphs: string[];
  figures: Figure[];
  tables: DataTable[];
}

export interface Tile {
  label: string;
  value: string;
  detail: string;
}

/** A report in words, numbers and plots, before it becomes Markdown or HTML. */
export interface Outline {
  title: string;
  status: string;
  /** The campaign in one paragraph. */
  summary: string;
  failure: string | null;
  notes: string[];
  tiles: Tile[];
  sections: Section[];
  /** The resolved campaign as JSON. */
  config: string;
  madeAt: string;
}
