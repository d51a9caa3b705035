import type { YAXisComponentOption } from 'echarts';
import type { Frame } from '../outline/outline';

/** Width of a letter at the size of the labels, pixels, on the safe side: nothing measures text here. */
const letter = 7.2;
const gap = 14;

/** Room for the names at the left, pixels: a third of the width at most. */
export function nameRoom(names: readonly string[], { width }: Pick<Frame, 'width'>): number {
  const longest = Math.max(0, ...names.map(({ length }) => length));
  return Math.ceil(Math.min(width / 3, longest * letter + gap));
}

/** Names from the top down; of those that are too long the middle is left out. */
export function nameAxis(names: readonly string[], room: number): YAXisComponentOption {
  const letters = Math.floor((room - gap) / letter);
  return {
    type: 'category',
    inverse: true,
    data: names.map((name) => shorten(name, letters)),
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: 'var(--text)', fontSize: 12, interval: 0 },
  };
}

export function shorten(name: string, letters: number): string {
  if (name.length <= letters) return name;
  const kept = Math.max(2, letters - 1);
  const start = Math.ceil((2 * kept) / 3);
  return `${name.slice(0, start)}…${name.slice(name.length - (kept - start))}`;
}
