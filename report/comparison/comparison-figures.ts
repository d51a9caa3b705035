import type { ComparisonResult, ComputeMeasure, StrategyResult } from '../../contract/comparison-result';
import { formatCount, formatPercent, formatPoints, formatTick } from '../format-quantity';
import { dataTable } from '../outline/data-table';
import type { Figure } from '../outline/outline';
import { seriesStyle } from '../outline/series-styles';
import { forest, forestHeight } from '../plots/forest';
import { countAxis, valueAxis } from '../plots/plot-base';
import { pointLines, type PointLine } from '../plots/point-lines';
import { measureName } from './measure-name';

const lineHeight = 320;
const whole = (share: number) => formatPercent(share, 0);

/** What of a comparison is easier seen than read. */
export function comparisonFigures(result: ComparisonResult): Figure[] {
  if (result.strategies.every(({ accuracy }) => accuracy === null)) return [];
  return [
    accuracyFigure(result),
    ...(result.strategies.some(({ difference }) => difference !== null) ? [differenceFigure(result)] : []),
    stepFigure(result),
    computeFigure(result, 'rewardModelCalls', 'calls of reward models'),
    computeFigure(result, 'wallSeconds', 'seconds of wall-clock'),
  ];
}

function accuracyFigure(result: ComparisonResult): Figure {
  const { strategies } = result;
  const title = `${measureName(result)} of the last policies`;
  const rows = strategies.map(({ name, accuracy }) => ({ name, value: accuracy?.mean ?? null }));
  return {
    title,
    caption: 'Mean over categories and seeds, with its 95 % interval.',
    description: 'A row a strategy, with a dot at the mean and a line over the interval.',
    ...{ legend: [], span: 'half' },
    heightOf: () => forestHeight(rows.length),
    draw: (frame) => forest(rows, whole, frame),
    data: dataTable(
      title,
      ['Strategy', 'Mean', 'Low', 'High'],
      rows.map(({ name, value }) => [name, ...boundsOf(value, formatPercent)]),
    ),
  };
}

function differenceFigure({ strategies, reference }: ComparisonResult): Figure {
  const others = strategies.filter(({ name }) => name !== reference);
  const rows = others.map(({ name, difference }) => ({ name, value: difference?.mean ?? null }));
  return {
    title: `Difference to ${reference}`,
    caption: 'In percentage points, paired by seed, with its 95 % interval. The line is no difference.',
    description: 'A row a strategy, with a dot at the mean difference and a line over the interval.',
    ...{ legend: [], span: 'half' },
    heightOf: () => forestHeight(rows.length),
    draw: (frame) => forest(rows, formatPoints, frame, 0),
    data: dataTable(
      `Difference to ${reference}`,
      ['Strategy', 'Mean', 'Low', 'High'],
      rows.map(({ name, value }) => [name, ...boundsOf(value, formatPoints)]),
    ),
  };
}

function stepFigure(result: ComparisonResult): Figure {
  const { strategies, equalSteps } = result;
  const measure = measureName(result);
  const lines = linesOf(strategies, ({ name }) =>
    equalSteps.flatMap(({ iteration, strategies: rows }) => {
      const row = rows.find(({ strategy }) => strategy === name);
      return row ? [[iteration, row.mean.estimate]] : [];
    }),
  );
  const iterations = equalSteps.map(({ iteration }) => iteration);
  const axis = countAxis('iteration', iterations.at(0) ?? 0, iterations.at(-1) ?? 1);
  const caption = `Mean ${measure.toLowerCase()} after each iteration.`;
  return lineFigure({ title: 'Equal steps', caption, head: 'Iteration', measure }, lines, axis);
}

/** Each strategy’s own policies, at what a run of it had spent by then in the mean. */
function computeFigure(result: ComparisonResult, spent: ComputeMeasure, words: string): Figure {
  const measure = measureName(result);
  const lines = linesOf(result.strategies, ({ runs }) => {
    const finished = runs.filter(({ status, policies }) => status === 'finished' && policies.length > 0);
    return (finished[0]?.policies ?? []).flatMap(({ iteration }): [number, number][] => {
      const own = finished.flatMap(({ policies }) => policies.find((policy) => policy.iteration === iteration) ?? []);
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      if (own.length < finished.length) return [];
      return [[mean(own.map((policy) => policy.spent[spent])), mean(own.map(({ accuracy }) => accuracy))]];
    });
  });
  const name = { name: words, nameLocation: 'middle' as const, nameGap: 28 };
  const axis = { ...valueAxis(formatTick, { min: 0 }), ...name };
  const caption = `Mean ${measure.toLowerCase()} against the mean of ${words} by then.`;
  return lineFigure({ title: `By ${words}`, caption, head: words, measure }, lines, axis);
}

function linesOf(strategies: readonly StrategyResult[], pointsOf: (one: StrategyResult) => number[][]): PointLine[] {
  return strategies
    .map((one, index) => ({ name: one.name, ...seriesStyle(index), points: pointsOf(one) as PointLine['points'] }))
    .filter(({ points }) => points.length > 0);
}

function lineFigure(
  { title, caption, head, measure }: { title: string; caption: string; head: string; measure: string },
  lines: PointLine[],
  axis: Parameters<typeof pointLines>[1],
): Figure {
  return {
    ...{ title, caption, legend: lines, span: 'half' },
    description: `A line a strategy. Across: ${head}; up: ${measure.toLowerCase()}.`,
    heightOf: () => lineHeight,
    draw: () => pointLines(lines, axis, whole),
    data: dataTable(
      title,
      ['Strategy', head, measure],
      lines.flatMap(({ name, points }) => points.map(([x, y]) => [name, formatCount(x), formatPercent(y)])),
    ),
  };
}

function boundsOf(value: { estimate: number; low: number; high: number } | null, format: (value: number) => string) {
  return value ? [value.estimate, value.low, value.high].map((one) => format(one)) : ['–', '–', '–'];
}
