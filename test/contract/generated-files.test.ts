import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generatedFiles } from '../../cli/reference/write-reference';
import { projectRoot } from '../../workers/embedded/project-root';

describe('files made from the code', () => {
  it.each(Object.entries(generatedFiles()))('%s is what `npm run reference` writes', async (path, text) => {
    expect(await readFile(join(projectRoot, path), 'utf8')).toBe(text);
  });
});
