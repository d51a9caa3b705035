import type { CampaignReport, ReportedRound } from '../../contract/campaign-report';
import { meanOf } from '../build/report-round';
import { formatNumber, formatTick } from '../format-quantity';
import { fromNoneToAll } from '../plots/plot-base';
import { roundPoints } from '../plots/round-points';
import { dataTable } from './data-table';
import { groupRounds, groupSize, type RoundGroup } from './group-rounds';
import type { Figure } from './outline';
import { neutralStyle, rewardModelStyles } from './series-styles';

type Reward = 'banditReward' | 'rawReward';

const mostTrendPoints = 240;
const titles = { banditReward: 'Bandit reward, normalised', rawReward: 'Bandit reward, raw' };

/** What the bandit was paid, by the reward model that was asked, and the trend of it. */
export function rewardFigure(report: CampaignReport, of: Reward): Figure {
  const { rounds } = report;
  const groups = groupRounds(rounds);
  const size = groupSize(groups);
  const clouds = rewardModelStyles(report)
    .map((style) => ({ ...style, points: groups.flatMap((group) => pointOf(group, style.name, of)) }))
    .filter(({ points }) => points.length > 0);
  const window = Math.max(5, Math.ceil(rounds.length / 20));
  const trend = trailingMean(rounds, of, window);
  const dots = size === '1' ? 'A dot a round' : `A dot: the mean over its decisions in ${size} rounds,`;
  return {
    title: titles[of],
    caption: `${dots} in the look of the reward model that was asked; the line is the mean of the last ${window} rounds.`,
    description:
      `Dots over ${rounds.length} rounds for ${clouds.length} reward models, with a trailing mean. ` +
      `Mean over all rounds ${formatNumber(meanOf(rounds.map((round) => round[of])))}, at the end ${formatNumber(trend.at(-1)?.[1])}.`,
    legend: [
      ...clouds.map((cloud) => ({ ...cloud, dash: [] })),
      { ...neutralStyle(), symbol: 'none', name: 'trailing mean' },
    ],
    span: 'half',
    heightOf: () => 270,
    draw: (frame) =>
      roundPoints(
        {
          ...{ rounds, clouds, trend, format: formatTick },
          range: of === 'banditReward' ? fromNoneToAll : { scale: true },
        },
        frame,
      ),
    data: dataTable(
      titles[of],
      ['Rounds', 'Asked', 'Bandit reward'],
      groups.map(({ label, rounds: members }) => [
        label,
        [...new Set(members.flatMap(({ picks }) => Object.keys(picks)))].join(', '),
        formatNumber(meanOf(members.map((round) => round[of]))),
      ]),
      2,
    ),
  };
}

function pointOf({ position, rounds }: RoundGroup, rewardModelId: string, of: Reward): [number, number][] {
  const value = meanOf(rounds.map(({ rewards }) => rewards[rewardModelId]?.[of] ?? null));
  return value === null ? [] : [[position, value]];
}

function trailingMean(rounds: readonly ReportedRound[], of: Reward, window: number): [number, number][] {
  const known = rounds.flatMap((round) => (round[of] === null ? [] : [{ number: round.number, value: round[of] }]));
  const step = Math.max(1, Math.ceil(known.length / mostTrendPoints));
  return known.flatMap(({ number }, index): [number, number][] => {
    if ((known.length - 1 - index) % step !== 0) return [];
    const recent = known.slice(Math.max(0, index + 1 - window), index + 1);
    return [[number, recent.reduce((sum, { value }) => sum + value, 0) / recent.length]];
  });
}
