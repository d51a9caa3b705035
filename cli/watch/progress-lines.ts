import colours from 'picocolors';
import type { WatchLine } from '../../contract/cli-output/campaign';
import { accuracyLine, roundLine } from '../lines';
import { progressBar } from './progress-bar';

/** What progress is written to: a line at a time, or in a terminal over the one before. */
export interface LineStream {
  isTTY?: boolean;
  columns?: number;
  write: (text: string) => unknown;
}

/**
 * Prints rounds and accuracies as lines on `lines`. In a terminal a bar with the expected end stays below them, on
 * `status`; without one there are the lines alone.
 */
export function progressLines(lines: LineStream, status: LineStream): (line: WatchLine) => void {
  const live = status.isTTY === true;
  let bar = '';
  const clear = () => {
    if (live && bar !== '') status.write('\r\u001b[2K');
  };
  const draw = () => {
    if (live && bar !== '') status.write(bar);
  };
  return (line) => {
    clear();
    if (line.type === 'round') lines.write(`${roundLine(line.round, line.roundsPerIteration)}\n`);
    if (line.type === 'evaluation') lines.write(`${accuracyLine(line.evaluation)}\n`);
    if (line.type === 'progress') bar = colours.dim(progressBar(line, Date.now(), status.columns ?? 80));
    if (line.type === 'end') bar = '';
    draw();
  };
}
