import { CommandError, exitCodes } from '../command-error';

export interface RoundPosition {
  iteration: number;
  round: number;
}

/** `2/13` or `it-02/13`. @throws CommandError */
export function parseRoundPosition(text: string): RoundPosition {
  const [, iteration, round] = /^(?:it-)?(\d+)\/(\d+)$/.exec(text) ?? [];
  if (iteration === undefined || round === undefined) {
    throw new CommandError(`"${text}" is no round; give iteration/round, such as 1/12.`, exitCodes.usage);
  }
  return { iteration: Number(iteration), round: Number(round) };
}

export function isAt(position: RoundPosition, { iteration, round }: RoundPosition): boolean {
  return position.iteration === iteration && position.round === round;
}
