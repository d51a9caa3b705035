import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactStore } from '../../artifact-store';
import { CommandError, exitCodes } from '../command-error';

const shown = 5;

/** The whole name of the one artifact whose name begins so. @throws CommandError for none or several */
export async function findArtifact(store: ArtifactStore, start: string): Promise<string> {
  let names: string[] = [];
  try {
    names = await readdir(join(store.root, 'objects', start.slice(0, 2)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const matches = names.filter((name) => name.startsWith(start)).sort();
  if (matches.length === 1 && matches[0] !== undefined) return matches[0];
  const problem =
    matches.length === 0
      ? `No artifact in ${store.root} begins with ${start}. Check LASER_HOME, or that \`laser gc\` has not deleted it.`
      : `${matches.length} artifacts begin with ${start}: ${matches.slice(0, shown).join(', ')}${matches.length > shown ? ', …' : ''}. Give more digits.`;
  throw new CommandError(problem, exitCodes.usage);
}
