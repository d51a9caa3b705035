import type { ValueRange } from './plot-base';

/** A range of round numbers around the values, of about four steps. `around` are values it must hold too. */
export function niceRange(values: readonly (number | null)[], around: readonly number[] = []): ValueRange {
  const numbers = [...values.filter((value) => value !== null), ...around];
  if (numbers.length === 0) return { min: 0, max: 1 };
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const step = niceStep((high - low) / 4 || Math.abs(high) / 4);
  const min = exact(Math.floor(low / step), step);
  return {
    min,
    max: Math.max(exact(Math.ceil(high / step), step), exact(Math.floor(low / step) + 1, step)),
    interval: step,
  };
}

/** 1, 2 or 5 times a power of ten, not below the size given. */
function niceStep(size: number): number {
  if (!(size > 0)) return 1;
  const power = Math.floor(Math.log10(size));
  const factor = [1, 2, 5, 10].find((one) => one * 10 ** power >= size * (1 - 1e-9)) ?? 10;
  return Number(`${factor}e${power}`);
}

/** A multiple of the step without the noise of binary fractions. */
function exact(multiple: number, step: number): number {
  return Number((multiple * step).toPrecision(12));
}
