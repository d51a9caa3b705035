import colours from 'picocolors';
import type { ComparedRun } from '../../contract/comparison-run';

/** `laser, seed 2: finished, 71.4 %  (3 of 10 campaigns are over)`. @param all to count those that are over, if wanted. */
export function runLine(run: ComparedRun, all: readonly ComparedRun[] | null): string {
  const { strategy, seed, status, accuracy, failure } = run;
  const outcome = {
    waiting: 'waits',
    running: 'has started',
    finished: `finished, ${accuracy === null ? 'not measured' : `${(100 * accuracy).toFixed(1)} %`}`,
    stopped: 'stopped',
    failed: colours.red(`failed. ${failure ?? ''}`),
  }[status];
  const over = all?.filter((one) => one.status !== 'waiting' && one.status !== 'running').length;
  const count =
    all === null || status === 'running' ? '' : colours.dim(`  (${over} of ${all.length} campaigns are over)`);
  return `${colours.bold(strategy)}, seed ${seed}: ${outcome}${count}`;
}
