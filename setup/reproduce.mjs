import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { project } from './paths.mjs';
import { runCli } from './run-cli.mjs';
import { runMain } from './run-main.mjs';
import { SetupError } from './setup-error.mjs';

const folder = join('benchmarks', 'reproduce');

/** `npm run reproduce -- <table>`: the comparison of that name, its results where they are committed. */
await runMain(() => {
  const [table, ...options] = process.argv.slice(2);
  const file = join(folder, `${table}.yaml`);
  if (table === undefined || !existsSync(join(project.root, file))) {
    const tables = readdirSync(join(project.root, folder)).flatMap((name) => /^(.+)\.yaml$/.exec(name)?.[1] ?? []);
    throw new SetupError(`Which table? There are ${tables.join(', ')}: npm run reproduce -- ${tables[0]}`);
  }
  return runCli(project, ['compare', file, '--output', join(folder, 'results', table), ...options]);
});
