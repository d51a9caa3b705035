import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../workers/embedded/project-root';

export interface ShellBlock {
  /** What follows `sh` in the fence: `run`, `background`, or nothing. */
  how: string;
  /** Commands with their continuation lines joined, without comments. */
  commands: string[];
}

/** The shell blocks of a page of the project. */
export function shellBlocks(page: string): ShellBlock[] {
  const text = readFileSync(join(projectRoot, page), 'utf8');
  return [...text.matchAll(/^```sh *(\w*)\n(.*?)^```$/gms)].map(([, how = '', body = '']) => ({
    how,
    commands: body
      .replace(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  }));
}
