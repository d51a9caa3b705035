import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from './pages';
import { ReadersFolder } from './readers-folder';
import { shellBlocks, shellBlocksOf } from './shell-blocks';

const runPages = pages
  .map((page) => ({ page, blocks: shellBlocks(page).filter(({ notRun }) => notRun === null) }))
  .filter(({ blocks }) => blocks.length > 0);

describe('the docs, command by command', () => {
  let folder: ReadersFolder;
  const printed = new Map<string, string>();

  beforeAll(() => {
    folder = new ReadersFolder();
    folder.putPaperSetting('gsm8k');
  });
  afterAll(() => folder.remove(), 60_000);

  describe.each(runPages)('$page', ({ blocks }) => {
    test.each(blocks.flatMap(({ commands }) => commands))(
      '%s',
      async (command) => void printed.set(command, await folder.run(command)),
      300_000,
    );
  });

  test('they showed what they promise', () => {
    const text = (start: string) => [...printed].find(([command]) => command.startsWith(start))?.[1] ?? '';
    expect(text('bin/laser run first.yaml')).toMatch(/Paired exact McNemar test/);
    expect(text('bin/laser status ci')).toMatch(/rm-sum/);
    expect(text('bin/laser run first.yaml --dry-run')).toMatch(/learningRate/);
    expect(text('bin/laser explain <campaign>')).toMatch(/round 12/i);
    expect(text('bin/laser schedule backfill nightly')).not.toBe('');
    for (const policy of ['first-policy', 'policy'])
      expect(existsSync(join(folder.path, policy, 'adapter_config.json'))).toBe(true);
    expect(readFileSync(join(folder.path, 'first.yaml'), 'utf8')).toMatch(/learningRate: 3\.0e-4/);
  });
});

test('README and the tutorial are run', () => {
  expect(runPages.map(({ page }) => page)).toEqual(expect.arrayContaining(['README.md', join('docs', 'tutorial.md')]));
});

test('a block that is not run says why', () => {
  const marked =
    '<!-- not run: it needs a GPU -->\n\n```sh\nvllm serve x # slow\n```\n\n```sh\n# a\nls \\\n  -l\n```\n';
  expect(shellBlocksOf(marked)).toEqual([
    { notRun: 'it needs a GPU', commands: ['vllm serve x'] },
    { notRun: null, commands: ['ls -l'] },
  ]);
});
