import type { CampaignReport, PolicyAccuracy } from '../../contract/campaign-report';
import { panelGrid, panelGridHeight, type Panel } from '../plots/panel-grid';
import { countAxis, fromNoneToAll, valueAxis } from '../plots/plot-base';
import { rangeBars } from '../plots/range-bars';
import { formatCount, formatPercent, formatPoints, formatProbability } from '../format-quantity';
import { dataTable } from './data-table';
import { measureWords } from './measure-words';
import { neutralStyle } from './series-styles';
import type { DataTable, Figure, Section } from './outline';

type Measured = PolicyAccuracy['all'];
type Words = ReturnType<typeof measureWords>;
const mostPanels = 12;
const everything = 'All prompts';

/** Held-out accuracy or win rate: by iteration and category, and the newest policy against the first. */
export function accuracySection(report: CampaignReport): Section {
  const { policies, paired } = report.accuracy;
  const words = measureWords(report);
  const section = { id: 'accuracy', title: words.title };
  if (policies.length === 0) {
    return { ...section, paragraphs: ['No policy has been measured yet.'], figures: [], tables: [] };
  }
  const test = paired
    ? [
        `Policy ${paired.to} against policy ${paired.from}, prompt by prompt: ${words.test} over all prompts, two-sided, ` +
          `p\u00a0${formatProbability(paired.pValue)}. Changes are in percentage points, with 95 % intervals of the paired bootstrap.`,
      ]
    : [];
  const judged = policies.some(({ all }) => all.verdicts);
  return {
    ...section,
    paragraphs: [words.lead, ...test],
    figures: [accuracyFigure(policies, words)],
    tables: [
      ...(paired ? [pairedTable(paired)] : []),
      accuracyTable(policies, words),
      ...(judged ? [verdictTable(policies)] : []),
    ],
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

/** What a win rate is made of, and whether the judge may just like longer answers. */
function verdictTable(policies: readonly PolicyAccuracy[]): DataTable {
  return dataTable(
    'Verdicts over all prompts',
    ['Policy', 'Wins', 'Ties', 'Losses', 'Flipped by the order', 'Missing', 'Characters', 'Characters of the baseline'],
    policies.flatMap(({ iteration, all: { verdicts } }) => {
      if (!verdicts) return [];
      const { wins, ties, losses, flipped, missing, meanLength } = verdicts;
      const counts = [wins, ties, losses, flipped, missing].map((count) => formatCount(count));
      return [[String(iteration), ...counts, meanLength.policy.toFixed(1), meanLength.baseline.toFixed(1)]];
    }),
  );
}

function accuracyTable(policies: readonly PolicyAccuracy[], { name: measure }: Words): DataTable {
  const categories = namesOf(policies);
  return dataTable(
    `${measure} of each measured policy`,
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

function accuracyFigure(policies: readonly PolicyAccuracy[], words: Words): Figure {
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
    title: `${words.name} by policy`,
    caption: `Dots are measured shares, bars 95 % intervals.${left > 0 ? ` ${left} further categories are in the table.` : ''}`,
    description:
      `Small plots of ${words.name.toLowerCase()} by policy, one for all prompts and one a category. Over all prompts it goes from ` +
      `${formatPercent(first.all.accuracy.value)} at policy ${first.iteration} to ${formatPercent(last.all.accuracy.value)} at policy ${last.iteration}.`,
    legend: [],
    span: 'full',
    heightOf: (frame) => panelGridHeight(frame, panels.length),
    draw: (frame) => panelGrid(panels, frame),
    data: accuracyCounts(policies, words),
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
function accuracyCounts(policies: readonly PolicyAccuracy[], { counts }: Words): DataTable {
  return dataTable(
    counts.title,
    ['Policy', 'Category', ...counts.heads],
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
