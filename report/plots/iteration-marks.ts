import type { MarkLineComponentOption } from 'echarts';
import type { ReportedRound } from '../../contract/campaign-report';
import type { Frame } from '../outline/outline';

const mostLines = 40;

/** A faint upright line where each iteration but the first begins, named while there is room. `top` of the line: start on an inverse axis. */
export function iterationMarks(
  rounds: readonly ReportedRound[],
  { width }: Pick<Frame, 'width'>,
  top: 'start' | 'end' = 'end',
): MarkLineComponentOption | undefined {
  const starts = rounds.filter(({ iteration }, index) => index > 0 && rounds[index - 1]?.iteration !== iteration);
  if (starts.length === 0 || starts.length > mostLines) return undefined;
  const room = width / (starts.length + 1);
  const name = (iteration: number) => (room > 90 ? `iteration ${iteration}` : room > 34 ? `it ${iteration}` : '');
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: 'var(--muted)', width: 0.75, type: [3, 3] },
    data: starts.map(({ number, iteration }) => ({
      xAxis: number - 0.5,
      label: { formatter: name(iteration), color: 'var(--muted)', fontSize: 11, position: top, distance: 4 },
    })),
  };
}
