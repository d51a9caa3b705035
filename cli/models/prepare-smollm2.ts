import { findPython } from '../../workers/embedded/find-programs';
import type { ExitCode } from '../command-error';
import { pythonEnvironment } from '../python-environment';
import { runForeground } from '../run-foreground';

export interface PrepareSmollm2Options {
  /** GSM8K's train file. */
  questions: string;
  /** GSM8K's test file; without it a tenth of the questions is held out. */
  heldOut?: string;
  out: string;
  seed?: number;
  threads?: number;
}

/** `laser models smollm2`: the models and data of examples/smollm2-gsm8k, made by python/src/laser/smollm2. */
export async function prepareSmollm2({
  questions,
  heldOut,
  out,
  seed,
  threads,
}: PrepareSmollm2Options): Promise<ExitCode> {
  const parameters = [
    ...['-m', 'laser.smollm2', '--out', out, '--questions', questions],
    ...(heldOut === undefined ? [] : ['--held-out', heldOut]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...(threads === undefined ? [] : ['--threads', String(threads)]),
  ];
  return runForeground(await findPython(), parameters, pythonEnvironment());
}
