import { wilsonInterval } from '../statistics/wilson-interval';
import { winRateInterval } from './win-rate-interval';

/** Mean of a measurement’s points with its 95 % interval: an accuracy, or a win rate. */
export function pointsShare(points: readonly number[], measure: 'accuracy' | 'winRate') {
  const total = points.length;
  const sum = points.reduce((all, one) => all + one, 0);
  const count = (wanted: number) => points.filter((one) => one === wanted).length;
  const interval = measure === 'accuracy' ? wilsonInterval(sum, total) : winRateInterval(count(1), count(0), total);
  return { value: sum / total, ...interval };
}
