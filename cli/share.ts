import { InvalidArgumentError } from 'commander';

/** Reads an option's value from 0 to 1. @throws InvalidArgumentError, which commander turns into a usage error. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('Give a number from 0 to 1.');
  return value;
}
