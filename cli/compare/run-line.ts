import colours from 'picocolors';
import type { ComparedRun } from '../../contract/comparison-run';

/** `laser, seed 2: finished, 71.4 %  (3 of 10 campaigns are over)` */
export function runLine(run: ComparedRun, runs: readonly ComparedRun[]): string {
  const { strategy, seed, status, accuracy, failure } = run;
  const over = runs.filter((one) => one.status !== 'waiting' && one.status !== 'running').length;
  const outcome = {
    waiting: 'waits',
    running: 'has started',
    finished: `finished, ${accuracy === null ? 'not measured' : `${(100 * accuracy).toFixed(1)} %`}`,
    stopped: 'stopped',
    failed: colours.red(`failed. ${failure ?? ''}`),
  }[status];
  const count = status === 'running' ? '' : colours.dim(`  (${over} of ${runs.length} campaigns are over)`);
  return `${colours.bold(strategy)}, seed ${seed}: ${outcome}${count}`;
}
