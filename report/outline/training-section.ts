import type { CampaignReport } from '../../contract/campaign-report';
import type { TrainingMetrics } from '../../contract/training';
import { meanOf } from '../build/report-round';
import { formatCount, formatNumber, formatPercent, formatTick } from '../format-quantity';
import { niceRange } from '../plots/nice-range';
import { fromNoneToAll } from '../plots/plot-base';
import { roundLines, type RoundLines } from '../plots/round-lines';
import { dataTable } from './data-table';
import { groupingNote, groupRounds, type RoundGroup } from './group-rounds';
import type { DataTable, Figure, Section } from './outline';
import { neutralStyle } from './series-styles';

interface Measured {
  title: string;
  caption: string;
  lines: { name: string; of: keyof TrainingMetrics }[];
  /** Default: round numbers around the values and the level. */
  range?: RoundLines['range'];
  /** Values that the axis must hold. */
  around?: number[];
  level?: RoundLines['level'];
}

/** The trainer's own numbers: loss by term, margins, gradient norm. */
export function trainingSection(report: CampaignReport): Section {
  const { rounds } = report;
  const section = { id: 'training', title: 'Training' };
  const isTrained = rounds.some(({ training }) => training !== null);
  if (!isTrained) {
    return { ...section, paragraphs: ['Nothing has been trained yet.', ...gaps(report)], figures: [], tables: [] };
  }
  const groups = groupRounds(rounds);
  return {
    ...section,
    paragraphs: [
      'Every number is the mean over the round’s preference pairs, each as its optimiser step saw it. The policy begins every iteration ' +
        'as its own reference, so the margin begins at 0.',
      ...gaps(report),
    ],
    figures: measuredOf(report).map((measured) => trainingFigure(report, groups, measured)),
    tables: [iterationTable(report)],
  };
}

/** Losses that are log 2 as long as the policy is its own reference. */
const fromLog2 = ['sigmoid', 'sigmoid_norm', 'robust'];

function measuredOf({ config }: CampaignReport): Measured[] {
  const options = config['training'] as { lossType?: string; maxGradNorm?: number; nllWeight?: number } | undefined;
  const lossType = options?.lossType ?? 'sigmoid';
  const preference = { sigmoid: 'DPO', ipo: 'IPO' }[lossType] ?? lossType;
  return [
    {
      title: `${preference} loss`,
      caption: `${preference} term, ${lossType === 'sigmoid' ? 'nats a pair' : 'mean over pairs'}.`,
      lines: [{ name: preference, of: 'preferenceLoss' }],
      ...(fromLog2.includes(lossType) && { level: { value: Math.LN2, name: 'log 2' } }),
    },
    {
      title: 'NLL loss',
      caption: `Of the chosen completion, nats a token; its weight is ${formatTick(options?.nllWeight ?? 0)}.`,
      lines: [{ name: 'NLL', of: 'nllLoss' }],
    },
    {
      title: 'Implicit rewards and margin',
      caption: 'β·(log π − log π(m−1)), nats; the margin is chosen minus rejected.',
      lines: [
        { name: 'margin', of: 'rewardsMargins' },
        { name: 'chosen', of: 'rewardsChosen' },
        { name: 'rejected', of: 'rewardsRejected' },
      ],
      around: [0],
    },
    {
      title: 'Pairs ranked as the reward model did',
      caption: 'Share of pairs with a positive margin, 0 to 1.',
      lines: [{ name: 'share of pairs', of: 'rewardsAccuracies' }],
      range: fromNoneToAll,
      level: { value: 0.5, name: 'chance' },
    },
    {
      title: 'Train loss',
      caption: `${preference} plus weighted NLL.`,
      lines: [{ name: 'loss', of: 'loss' }],
    },
    {
      title: 'Gradient norm',
      caption: 'L2 norm before clipping, mean over the round’s optimiser steps.',
      lines: [{ name: 'gradient norm', of: 'gradNorm' }],
      around: [0],
      ...(options?.maxGradNorm !== undefined && { level: { value: options.maxGradNorm, name: 'clip' } }),
    },
  ];
}

function trainingFigure({ rounds }: CampaignReport, groups: RoundGroup[], measured: Measured): Figure {
  const { title, level, around = [] } = measured;
  const lines = measured.lines.map(({ name, of }, index) => ({
    name,
    ...neutralStyle(index),
    values: groups.map((group) => meanOf(group.rounds.map(({ training }) => training?.[of] ?? null))),
  }));
  const ends = lines.map(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    return `${name} from ${formatNumber(known[0])} to ${formatNumber(known.at(-1))}`;
  });
  const held = level ? [...around, level.value] : around;
  const range =
    measured.range ??
    niceRange(
      lines.flatMap(({ values }) => values),
      held,
    );
  return {
    title,
    caption: measured.caption + groupingNote(groups),
    description: `Lines over ${rounds.length} rounds: ${ends.join(', ')}.`,
    legend: lines.length > 1 ? lines : [],
    span: 'half',
    heightOf: () => 250,
    draw: (frame) => roundLines({ groups, rounds, lines, format: formatTick, range, ...(level && { level }) }, frame),
    data: dataTable(
      title,
      ['Rounds', ...lines.map(({ name }) => name)],
      groups.map(({ label }, index) => [label, ...lines.map(({ values }) => formatNumber(values[index]))]),
    ),
  };
}

function iterationTable({ rounds }: CampaignReport): DataTable {
  const iterations = [...new Set(rounds.map(({ iteration }) => iteration))];
  return dataTable(
    'Means by iteration',
    [
      ...['Iteration', 'Rounds', 'Pairs', 'Loss', 'Preference', 'NLL', 'Margin', 'Ranked alike', 'Gradient norm'],
      ...['Raw reward', 'Bandit reward'],
    ],
    iterations.map((iteration) => {
      const own = rounds.filter((round) => round.iteration === iteration);
      const mean = (of: keyof TrainingMetrics) => meanOf(own.map(({ training }) => training?.[of] ?? null));
      const ranked = mean('rewardsAccuracies');
      return [
        String(iteration),
        formatCount(own.length),
        formatCount(own.reduce((sum, { pairs }) => sum + pairs, 0)),
        ...(['loss', 'preferenceLoss', 'nllLoss', 'rewardsMargins'] as const).map((of) => formatNumber(mean(of))),
        ranked === null ? '–' : formatPercent(ranked),
        formatNumber(mean('gradNorm')),
        formatNumber(meanOf(own.map(({ rawReward }) => rawReward))),
        formatNumber(meanOf(own.map(({ banditReward }) => banditReward))),
      ];
    }),
  );
}

const reasonWords: Record<string, string> = {
  noScores: 'no completion was scored',
  tooFewDistinct: 'fewer than two different completions',
  allTied: 'all scores equal',
};

function gaps({ progress }: CampaignReport): string[] {
  const { rounds, roundsWithoutPairs, promptsWithoutPairs } = progress;
  const parts = Object.entries(promptsWithoutPairs).map(
    ([reason, count]) => `${reasonWords[reason] ?? reason}: ${formatCount(count)}`,
  );
  const why = parts.length === 0 ? [] : [`Prompts without pairs, over all rounds: ${parts.join('; ')}.`];
  return roundsWithoutPairs === 0
    ? why
    : [
        `${formatCount(roundsWithoutPairs)} of ${formatCount(rounds)} rounds gave no preference pairs, so nothing was trained in them; the lines have gaps there.`,
        ...why,
      ];
}
