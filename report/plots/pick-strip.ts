import type { CustomSeriesOption, EChartsOption } from 'echarts';
import type { ReportedRound } from '../../contract/campaign-report';
import type { RoundGroup } from '../outline/group-rounds';
import type { Frame, LegendEntry } from '../outline/outline';
import { iterationMarks } from './iteration-marks';
import { nameAxis, nameRoom } from './name-axis';
import { countAxis, plotBase } from './plot-base';

const rowHeight = 26;
const above = 22;
const below = 42;

interface PickStrip {
  groups: readonly RoundGroup[];
  rounds: readonly ReportedRound[];
  rewardModels: readonly LegendEntry[];
  /** Share of a group's decisions, 0 to 1. */
  shareOf: (group: RoundGroup, rewardModelId: string) => number;
}

export function pickStripHeight(rows: number): number {
  return rows * rowHeight + above + below;
}

/** A row a reward model, a column a round: the height of each bar is the share of the decisions there. */
export function pickStrip({ groups, rounds, rewardModels, shareOf }: PickStrip, frame: Frame): EChartsOption {
  const names = rewardModels.map(({ name }) => name);
  const room = nameRoom(names, frame);
  const marks = iterationMarks(rounds, frame, 'start');
  const series = rewardModels.map((entry, row): CustomSeriesOption => {
    const bars = groups.flatMap((group) => {
      const share = shareOf(group, entry.name);
      const first = group.rounds[0]?.number ?? 0;
      return share === 0 ? [] : [[first - 0.5, first - 0.5 + group.rounds.length, row, share]];
    });
    return {
      type: 'custom',
      name: entry.name,
      silent: true,
      data: bars,
      encode: { x: [0, 1], y: 2 },
      ...(row === 0 && marks && { markLine: marks }),
      renderItem: (_parameters, api) => {
        const [left, middle] = api.coord([api.value(0), api.value(2)]) as [number, number];
        const [right] = api.coord([api.value(1), api.value(2)]) as [number, number];
        const height = (rowHeight - 6) * Number(api.value(3));
        const gap = right - left > 4 ? 1 : 0;
        return {
          type: 'rect',
          shape: { x: left, y: middle + (rowHeight - 6) / 2 - height, width: Math.max(1, right - left - gap), height },
          style: { fill: entry.colour },
        };
      },
    };
  });
  return {
    ...plotBase(),
    grid: { left: room, right: 14, top: above, bottom: below },
    xAxis: countAxis('round', 1, rounds.length, 0.5),
    yAxis: { ...nameAxis(names, room), splitLine: { show: true, lineStyle: { color: 'var(--line)' } } },
    series,
  };
}
