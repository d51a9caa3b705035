import { InvalidArgumentError } from 'commander';

/** Reads an option's value. @throws InvalidArgumentError, which commander turns into a usage error. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw new InvalidArgumentError('Give a whole number.');
  return value;
}
