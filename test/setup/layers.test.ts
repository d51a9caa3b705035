import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();
const project = join(__dirname, '../..');

interface Cruise {
  summary: { violations: { rule: { name: string }; from: string }[] };
}

/** The layer rules broken by these files, as "file: rule". */
function violationsOf(files: Record<string, string>): string[] {
  for (const name of ['.dependency-cruiser.cjs', 'package.json']) cpSync(join(project, name), join(folder(), name));
  const installed = ['zod', 'p-limit', 'prettier'].flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
    [`node_modules/${name}/index.js`, ''],
  ]);
  for (const [name, text] of [['tsconfig.json', '{}'], ...installed, ...Object.entries(files)] as [string, string][]) {
    mkdirSync(join(folder(), dirname(name)), { recursive: true });
    writeFileSync(join(folder(), name), `${text}\n`);
  }
  const depcruise = join(project, 'node_modules/.bin/depcruise');
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', '.'];
  const { stdout, stderr } = spawnSync(depcruise, args, { cwd: folder(), encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as Cruise;
  return summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`).sort();
}

const leaves = {
  'contract/shape.ts': "import { z } from 'zod';\nexport const shape = z.string();",
  'algorithm/pure.ts': "import { shape } from '../contract/shape';\nexport const pure = shape;",
  'activities/act.ts':
    "import { pure } from '../algorithm/pure';\nexport const act = pure;\nexport type Act = typeof act;",
  'config/read.ts': "import { shape } from '../contract/shape';\nexport const read = shape;",
};

test('imports downwards, and types of activities in workflows, are fine', () => {
  const files = {
    ...leaves,
    'workflows/flow.ts': "import type { Act } from '../activities/act';\nexport type Flow = Act;",
    'workers/work.ts':
      "import { act } from '../activities/act';\nimport { read } from '../config/read';\nexport default [act, read];",
    'cli/main.ts': "import { read } from '../config/read';\nexport default read;",
    'test/all.test.ts':
      "import work from '../workers/work';\nimport main from '../cli/main';\nexport default [work, main];",
  };
  expect(violationsOf(files)).toEqual([]);
});

test('each forbidden direction is found', () => {
  const files = {
    ...leaves,
    'contract/library.ts': "import pLimit from 'p-limit';\nexport const library = pLimit;",
    'algorithm/impure.ts': "import { readFileSync } from 'node:fs';\nexport const impure = readFileSync;",
    'algorithm/upward.ts': "import { act } from '../activities/act';\nexport const upward = act;",
    'activities/configured.ts': "import { read } from '../config/read';\nexport const configured = read;",
    'workflows/value.ts': "import { act } from '../activities/act';\nexport const value = act;",
    'workflows/builtin.ts': "import { join } from 'node:path';\nexport const builtin = join;",
    'model-server/sideways.ts': "import { pure } from '../algorithm/pure';\nexport const sideways = pure;",
    'workers/commands.ts': "import { main } from '../cli/main';\nexport const commands = main;",
    'cli/main.ts': "import { loop } from './loop';\nexport const main = loop;",
    'cli/loop.ts': "import { main } from './main';\nexport const loop: unknown = main;",
    'cli/tested.ts': "import { it } from '../test/it';\nexport const tested = it;",
    'cli/lost.ts': "import { lost } from './nowhere';\nexport const found = lost;",
    'cli/tool.ts': "import prettier from 'prettier';\nexport const tool = prettier;",
    'test/it.ts': 'export const it = 1;',
  };
  expect(violationsOf(files)).toEqual([
    'activities/configured.ts: activities-imports-downwards',
    'algorithm/impure.ts: algorithm-is-pure',
    'algorithm/upward.ts: algorithm-imports-downwards',
    'algorithm/upward.ts: algorithm-is-pure',
    'cli/loop.ts: no-cycles',
    'cli/lost.ts: resolvable',
    'cli/tested.ts: cli-imports-downwards',
    'cli/tool.ts: no-development-packages-at-run-time',
    'contract/library.ts: contract-imports-zod-alone',
    'model-server/sideways.ts: model-server-imports-downwards',
    'workers/commands.ts: workers-imports-downwards',
    'workflows/builtin.ts: no-node-builtins-in-workflows',
    'workflows/value.ts: workflows-take-types-of-activities',
  ]);
});
