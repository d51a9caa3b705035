import { join } from 'node:path';
import { findPython } from '../../workers/embedded/find-programs';
import { projectRoot } from '../../workers/embedded/project-root';
import type { ExitCode } from '../command-error';
import { pythonEnvironment } from '../python-environment';
import { runForeground } from '../run-foreground';

/** `laser models misleading`: one more reward model, made by python/src/laser/recipe/misleading.py. */
export async function buildMisleading({ out }: { out: string }): Promise<ExitCode> {
  const quickstart = join(projectRoot, 'models', 'quickstart');
  const parameters = ['-m', 'laser.recipe.misleading', '--quickstart', quickstart, '--out', out];
  return runForeground(await findPython(), parameters, pythonEnvironment());
}
