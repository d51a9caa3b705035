import type { EChartsOption, XAXisComponentOption } from 'echarts';

const quiet = { color: 'var(--muted)', fontSize: 12 };
const line = { lineStyle: { color: 'var(--line)', width: 1 } };

type ValueAxis = Extract<XAXisComponentOption, { type?: 'value' }>;

/** What all plots share: no animation, one font, room for the axes. */
export function plotBase(): EChartsOption {
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit', fontSize: 12 },
    grid: { left: 48, right: 16, top: 22, bottom: 42 },
  };
}

/** Whole numbers from the first to the last, `pad` of free room at both ends; a single one stands in the middle. */
export function countAxis(name: string, first: number, last: number, pad = first === last ? 0.5 : 0): ValueAxis {
  return {
    type: 'value',
    ...{ min: first - pad, max: last + pad, minInterval: 1 },
    ...{ name, nameLocation: 'middle', nameGap: 26, nameTextStyle: quiet },
    axisLabel: {
      ...quiet,
      hideOverlap: true,
      formatter: (value: number) => (Number.isInteger(value) && value >= first && value <= last ? String(value) : ''),
    },
    axisLine: line,
    axisTick: line,
    splitLine: { show: false },
  };
}

export interface ValueRange {
  min?: number;
  max?: number;
  /** Between two ticks; a few are chosen where it is absent. */
  interval?: number;
  /** The axis need not begin at 0. */
  scale?: boolean;
}

export const fromNoneToAll: ValueRange = { min: 0, max: 1, interval: 0.25 };

/** A value axis with a few faint lines; its numbers as `format` writes them. */
export function valueAxis(format: (value: number) => string, range: ValueRange = {}) {
  return {
    type: 'value' as const,
    splitNumber: 4,
    ...range,
    axisLabel: { ...quiet, formatter: (value: number) => format(value) },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: line,
  };
}
