import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../workers/embedded/project-root';

/** The pages for users, in the order in which their commands are run; the generated reference is not among them. */
export const pages = [
  ...new Set([
    join('docs', 'tutorial.md'),
    'README.md',
    'CONTRIBUTING.md',
    ...markdownIn('docs'),
    ...markdownIn('examples'),
    ...markdownIn('benchmarks'),
  ]),
].filter((page) => !page.startsWith(join('docs', 'reference')));

function markdownIn(folder: string): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(folder, name));
}
