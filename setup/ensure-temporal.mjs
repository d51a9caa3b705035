import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findExecutable } from './find-executable.mjs';
import { findTemporal } from './find-temporal.mjs';
import { temporalVersion } from './paths.mjs';
import { runLogged } from './run-logged.mjs';
import { runStep } from './run-step.mjs';
import { SetupError } from './setup-error.mjs';

const goPackage = `github.com/temporalio/cli/cmd/temporal@v${temporalVersion}`;
const title = `Temporal CLI ${temporalVersion}`;

/** Path of a Temporal CLI: one that is there, else the SDK's download, else built with Go (about 3 minutes). */
export async function ensureTemporal(paths) {
  await runStep({
    title,
    detail: 'not found; getting one',
    lock: paths.lock,
    isDone: () => findTemporal(paths) !== null,
    work: () => obtain(paths),
  });
  return findTemporal(paths);
}

async function obtain(paths) {
  const parent = dirname(paths.temporalFolder);
  mkdirSync(parent, { recursive: true });
  removeLeftovers(parent, basename(paths.temporalFolder));
  const work = mkdtempSync(`${paths.temporalFolder}.part-`);
  const logFile = join(paths.logs, 'temporal.log');
  try {
    const made = (await download(paths, work, logFile)) ?? (await build(work, logFile));
    chmodSync(made, 0o755);
    mkdirSync(paths.temporalFolder, { recursive: true });
    renameSync(made, join(paths.temporalFolder, 'temporal'));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What a set-up that was killed left behind. Nobody else is at work: the lock is ours. */
function removeLeftovers(parent, name) {
  for (const entry of readdirSync(parent)) {
    if (entry.startsWith(`${name}.part-`)) rmSync(join(parent, entry), { recursive: true, force: true });
  }
}

async function download(paths, folder, logFile) {
  const script = fileURLToPath(new URL('download-temporal.cjs', import.meta.url));
  try {
    await runLogged(process.execPath, [script, folder, `v${temporalVersion}`], {
      title: `${title}: download`,
      logFile,
      cwd: paths.root,
    });
  } catch (error) {
    if (error.name !== 'SetupError') throw error;
    process.stderr.write(`  ${title}: cannot be downloaded from here\n`);
    return null;
  }
  const file = readdirSync(folder).find((name) => name.startsWith('temporal-cli'));
  return file === undefined ? null : join(folder, file);
}

async function build(folder, logFile) {
  if (findExecutable('go') === null) throw new SetupError(noTemporalMessage(logFile));
  process.stderr.write(`  ${title}: building it with Go, about 3 minutes\n`);
  await runLogged('go', ['install', '-v', goPackage], {
    title: `${title}: go install`,
    logFile,
    cwd: folder,
    env: { ...process.env, GOBIN: folder },
  });
  return join(folder, 'temporal');
}

export function noTemporalMessage(logFile) {
  return [
    `${title}: it could not be downloaded, and there is no Go to build it with. One of these helps:`,
    '  set TEMPORAL_ADDRESS to a Temporal server that runs already,',
    '  install the Temporal CLI (docs.temporal.io/cli) on PATH or name it in LASER_TEMPORAL_CLI,',
    '  install Go 1.26 or newer, and start again.',
    `Full log: ${logFile}`,
  ].join('\n');
}
