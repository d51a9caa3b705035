import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runLogged } from './run-logged.mjs';
import { runStep } from './run-step.mjs';
import { hashFiles, stampMatches, writeStamp } from './stamp.mjs';

const title = 'Build';
const configFiles = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/**
 * dist/ from the TypeScript sources, folder for folder, and dist/workflow-bundle.js for the Temporal workers.
 * Files are only transpiled, each for itself; `npm run check` is what checks their types.
 */
export async function ensureBuild(paths) {
  const stamp = join(paths.dist, '.laser-stamp');
  const wanted = hashSources(paths.root);
  await runStep({
    title,
    detail: 'tsc and the workflow bundle, into dist/',
    lock: paths.lock,
    isDone: () => stampMatches(stamp, wanted),
    work: async () => {
      rmSync(paths.dist, { recursive: true, force: true });
      const run = (script, ...args) =>
        runLogged(process.execPath, [script, ...args], {
          title,
          logFile: join(paths.logs, 'build.log'),
          cwd: paths.root,
        });
      await run(join(paths.nodeModules, 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json');
      await run(join(paths.dist, 'workers', 'build-workflow-bundle.js'));
      writeStamp(stamp, wanted);
    },
  });
}

/** Changes with every file the build reads: the sources of tsconfig.build.json's folders and the configuration. */
export function hashSources(root) {
  const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.build.json'), 'utf8'));
  const sources = include.flatMap((folder) => typeScriptFiles(join(root, folder)));
  const files = [...configFiles.map((file) => join(root, file)), ...sources];
  return hashFiles(files, (file) => relative(root, file));
}

function typeScriptFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join(folder, name));
}
