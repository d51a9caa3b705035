import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../workers/embedded/project-root';

export interface ShellBlock {
  /** Why no test runs it, as `<!-- not run: … -->` above it says; null for a block that is run. */
  notRun: string | null;
  /** Commands with their continuation lines joined, without comments. */
  commands: string[];
}

/** The shell blocks of a page of the project. */
export function shellBlocks(page: string): ShellBlock[] {
  return shellBlocksOf(readFileSync(join(projectRoot, page), 'utf8'));
}

export function shellBlocksOf(markdown: string): ShellBlock[] {
  return [...markdown.matchAll(/(?:<!-- not run: ([^>]+?) -->\n+)?^```sh\n(.*?)^```$/gms)].map(
    ([, notRun = null, body = '']) => ({
      notRun,
      commands: body
        .replace(/\\\n\s*/g, '')
        .split('\n')
        .map((line) => line.replace(/(^|\s+)#.*$/, '').trim())
        .filter((line) => line !== ''),
    }),
  );
}
