import type { CampaignReport, PolicyAccuracy } from '../../contract/campaign-report';
import { panelGrid, panelGridHeight, type Panel } from '../plots/panel-grid';
import { countAxis, fromNoneToAll, valueAxis } from '../plots/plot-base';
import { rangeBars } from '../plots/range-bars';
import { formatCount, formatPercent, formatPoints, formatProbability } from '../format-quantity';
import { dataTable } from './data-table';
import { neutralStyle } from './series-styles';
import type { DataTable, Figure, Section } from './outline';

type Measured = PolicyAccuracy['all'];
const mostPanels = 12;
const everything = 'All prompts';

/** Held-out accuracy: by iteration and category, and the newest policy against the first. */
export function accuracySection({ accuracy: { policies, paired } }: CampaignReport): Section {
  const section = { id: 'accuracy', title: 'Held-out accuracy' };
  if (policies.length === 0) {
    return { ...section, paragraphs: ['No policy has been measured yet.'], figures: [], tables: [] };
  }
  const lead =
    'Share of held-out prompts that a policy answers correctly, greedy. Policy 0 is the one the campaign began with. ' +
    'Brackets and bars are 95 % Wilson intervals.';
  const test = paired
    ? [
        `Policy ${paired.to} against policy ${paired.from}, prompt by prompt: exact McNemar test over all prompts, two-sided, ` +
          `p\u00a0${formatProbability(paired.pValue)}. Changes are in percentage points, with 95 % intervals of the paired bootstrap.`,
      ]
    : [];
  return {
    ...section,
    paragraphs: [lead, ...test],
    figures: [accuracyFigure(policies)],
    tables: [...(paired ? [pairedTable(paired)] : []), accuracyTable(policies)],
  };
}

function pairedTable(paired: NonNullable<CampaignReport['accuracy']['paired']>): DataTable {
  const heads = ['Held-out', 'Prompts', `Policy ${paired.from}`, `Policy ${paired.to}`, 'Change', 'Gained', 'Lost'];
  return dataTable(
    `Policy ${paired.to} against policy ${paired.from}`,
    heads,
    paired.rows.map(({ category, total, before, after, difference, gained, lost }) => [
      category === 'all' ? everything : category,
      formatCount(total),
      interval(before),
      interval(after),
      `${formatPoints(difference.value)} [${formatPoints(difference.low)}, ${formatPoints(difference.high)}]`,
      formatCount(gained),
      formatCount(lost),
    ]),
  );
}

function accuracyTable(policies: readonly PolicyAccuracy[]): DataTable {
  const categories = namesOf(policies);
  return dataTable(
    'Accuracy of each measured policy',
    ['Policy', everything, ...categories],
    policies.map(({ iteration, all, byCategory }) => [
      String(iteration),
      interval(all.accuracy),
      ...categories.map((name) => {
        const row = byCategory.find(({ category }) => category === name);
        return row ? interval(row.accuracy) : '–';
      }),
    ]),
  );
}

function accuracyFigure(policies: readonly PolicyAccuracy[]): Figure {
  const shown = namesOf(policies).slice(0, mostPanels - 1);
  const left = namesOf(policies).length - shown.length;
  const first = policies[0]!;
  const last = policies.at(-1)!;
  const panels = [everything, ...shown].map((name): Panel & { name: string } => ({
    name,
    title: name,
    xAxis: countAxis('policy', first.iteration, last.iteration, 0.4),
    yAxis: valueAxis((value) => `${Math.round(100 * value)} %`, fromNoneToAll),
    seriesOf: (axis) => panelSeries(policies, name, axis),
  }));
  return {
    title: 'Accuracy by policy',
    caption: `Dots are measured shares, bars 95 % intervals.${left > 0 ? ` ${left} further categories are in the table.` : ''}`,
    description:
      `Small plots of accuracy by policy, one for all prompts and one a category. Over all prompts it goes from ` +
      `${formatPercent(first.all.accuracy.value)} at policy ${first.iteration} to ${formatPercent(last.all.accuracy.value)} at policy ${last.iteration}.`,
    legend: [],
    span: 'full',
    heightOf: (frame) => panelGridHeight(frame, panels.length),
    draw: (frame) => panelGrid(panels, frame),
    data: accuracyCounts(policies),
  };
}

function panelSeries(policies: readonly PolicyAccuracy[], name: string, axis: number) {
  const style = neutralStyle();
  const points = policies.flatMap((policy) => {
    const row = measuredOf(policy, name);
    return row ? [{ x: policy.iteration, ...row.accuracy }] : [];
  });
  return [
    {
      type: 'line' as const,
      ...{ silent: true, showSymbol: false, xAxisIndex: axis, yAxisIndex: axis },
      data: points.map(({ x, value }) => [x, value]),
      lineStyle: { color: style.colour, width: 1.5, opacity: 0.8 },
    },
    rangeBars(
      points.map(({ x, value, low, high }) => ({ x, outer: [low, high], centre: value })),
      style,
      { axis, dot: points.length > 30 ? 2 : 3.5 },
    ),
  ];
}

/** Counts behind every dot. */
function accuracyCounts(policies: readonly PolicyAccuracy[]): DataTable {
  return dataTable(
    'Correct answers by policy and category',
    ['Policy', 'Category', 'Correct', 'Prompts', 'Accuracy'],
    policies.flatMap((policy) =>
      [policy.all, ...policy.byCategory].map((row) => [
        String(policy.iteration),
        row.category === 'all' ? everything : row.category,
        formatCount(row.correct),
        formatCount(row.total),
        interval(row.accuracy),
      ]),
    ),
    2,
  );
}

function namesOf(policies: readonly PolicyAccuracy[]): string[] {
  return [...new Set(policies.flatMap(({ byCategory }) => byCategory.map(({ category }) => category)))].sort();
}

function measuredOf({ all, byCategory }: PolicyAccuracy, name: string): Measured | undefined {
  return name === everything ? all : byCategory.find(({ category }) => category === name);
}

function interval({ value, low, high }: Measured['accuracy']): string {
  const inside = [low, high].map((bound) => (100 * bound).toFixed(1)).join(', ');
  return `${formatPercent(value)} [${inside}]`;
}
