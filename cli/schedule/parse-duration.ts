import { CommandError, exitCodes } from '../command-error';

const seconds: Record<string, number> = { s: 1, m: 60, h: 3600, d: 24 * 3600, w: 7 * 24 * 3600 };

/** `30s`, `10m`, `6h`, `1d` or `2w` in milliseconds. @throws CommandError that names the option */
export function parseDuration(option: string, text: string): number {
  const [, number, unit = ''] = /^(\d+)([smhdw])$/.exec(text.trim()) ?? [];
  const factor = seconds[unit];
  if (factor === undefined) {
    throw new CommandError(
      `${option} ${text} is no duration. Give one such as 30s, 10m, 6h, 1d or 2w.`,
      exitCodes.usage,
    );
  }
  return Number(number) * factor * 1000;
}
