import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { materialiseBundle } from '../../artifact-store';
import type { ExportOutput } from '../../contract/cli-output/inspection';
import { findPython } from '../../workers/embedded/find-programs';
import { CommandError, exitCodes, type ExitCode } from '../command-error';
import { openCampaign } from '../inspect/open-campaign';
import { printOutput } from '../print-output';
import { pythonEnvironment } from '../python-environment';
import { newestRun } from '../rerun/newest-run';
import { runForeground } from '../run-foreground';
import { findPolicy } from './find-policy';
import { modelCard } from './model-card';

export interface ExportOptions {
  out: string;
  iteration?: number;
  merge?: boolean;
  dtype?: 'float32' | 'bfloat16' | 'float16';
  /** What the folder calls the base model. */
  baseModel?: string;
  json?: boolean;
}

/** `laser export <campaign> --out <folder>`: the folder appears at once and whole. */
export async function exportPolicy(id: string, options: ExportOptions): Promise<ExitCode> {
  if (options.dtype !== undefined && options.merge !== true) {
    throw new CommandError('--dtype is for merged weights; give --merge too, or leave it out.', exitCodes.usage);
  }
  const folder = resolve(options.out);
  await requireEmpty(folder, options.out);
  const campaign = await openCampaign(id);
  const { campaignId, store } = campaign;
  const { policy, evaluations, totals } = await findPolicy(campaign, options.iteration);
  const newest = await newestRun(campaign.client, campaignId);
  if (newest === null) throw new CommandError(`Campaign ${campaignId} has not begun yet.`, exitCodes.usage);
  const { campaign: configuration, start } = newest.input;
  const { path } = configuration.serving.baseModel;
  const baseModel = options.baseModel ?? path;
  const merged = options.merge ?? false;

  const fresh = `${folder}.${process.pid}`;
  try {
    const parameters = [
      ...['-m', 'laser.export', '--adapter', await materialiseBundle(store, policy.adapter), '--base', path],
      ...['--base-name', baseModel, '--out', fresh, ...(merged ? ['--merge'] : [])],
      ...(options.dtype === undefined ? [] : ['--dtype', options.dtype]),
    ];
    const quiet = { HF_HUB_DISABLE_PROGRESS_BARS: '1', TRANSFORMERS_VERBOSITY: 'error' };
    const code = await runForeground(await findPython(), parameters, { ...pythonEnvironment(), ...quiet }, 'stderr');
    if (code !== exitCodes.done) return code;
    const lineage = start?.lineage ?? null;
    const card = modelCard({ campaignId, configuration, lineage, policy, baseModel, merged, evaluations, totals });
    await writeFile(join(fresh, 'README.md'), card);
    await mkdir(dirname(folder), { recursive: true });
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  const files = (await readdir(folder)).sort();
  const { iteration, adapter } = policy;
  const output: ExportOutput = { campaignId, iteration, folder, adapter, baseModel, merged, files };
  printOutput(output, options.json, () =>
    [
      `Policy ${iteration} of ${campaignId}: ${relative(process.cwd(), folder)}`,
      ...files.map((file) => `  ${file}`),
    ].join('\n'),
  );
  return exitCodes.done;
}

async function requireEmpty(folder: string, given: string): Promise<void> {
  let present: string[] = [];
  try {
    present = await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') throw new CommandError(`${given} is a file; give a folder.`, exitCodes.usage);
    if (code !== 'ENOENT') throw error;
  }
  if (present.length > 0) {
    throw new CommandError(`${given} is not empty; give a folder that does not exist yet.`, exitCodes.usage);
  }
}
