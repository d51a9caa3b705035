import { findPython } from '../../workers/embedded/find-programs';
import type { ExitCode } from '../command-error';
import { pythonEnvironment } from '../python-environment';
import { runForeground } from '../run-foreground';

/** `laser models build`: the recipe in python/src/laser/recipe, with its progress. */
export async function buildModels({ out, seed }: { out: string; seed?: number }): Promise<ExitCode> {
  const parameters = ['-m', 'laser.recipe', '--out', out, ...(seed === undefined ? [] : ['--seed', String(seed)])];
  return runForeground(await findPython(), parameters, pythonEnvironment());
}
