import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { preparedData, type PreparedData } from '../../contract/cli-output/data';
import { findPython } from '../../workers/embedded/find-programs';
import { exitCodes, type ExitCode } from '../command-error';
import { printOutput } from '../print-output';
import { pythonEnvironment } from '../python-environment';
import { runForeground } from '../run-foreground';

export interface PrepareDataOptions {
  out: string;
  /** Files, folders or hub ids. */
  from?: string[];
  revision?: string;
  seed?: number;
  heldOutShare?: number;
  resplit?: boolean;
  sample?: number;
  limit?: number;
  heldOutLimit?: number;
  perCategory?: number;
  subjects?: boolean;
  categoryField?: string;
  classifier?: string;
  json?: boolean;
}

/** `laser data prepare <set>`: read by python/src/laser/data, which writes the folder at once and whole. */
export async function prepareData(set: string, { from = [], json, ...options }: PrepareDataOptions): Promise<ExitCode> {
  const flags = Object.entries(options).flatMap(([name, value]) =>
    value === true ? [flag(name)] : [flag(name), String(value)],
  );
  const parameters = ['-m', 'laser.data', set, ...flags, ...(from.length > 0 ? ['--from', ...from] : [])];
  const quiet = { HF_HUB_DISABLE_PROGRESS_BARS: '1', TRANSFORMERS_VERBOSITY: 'error' };
  const code = await runForeground(await findPython(), parameters, { ...pythonEnvironment(), ...quiet }, 'stderr');
  if (code !== exitCodes.done) return code;
  const written = await readFile(join(resolve(options.out), 'manifest.json'), 'utf8');
  printOutput(preparedData.parse(JSON.parse(written)), json, (manifest) => describe(manifest, options.out));
  return exitCodes.done;
}

function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function describe({ split, records, train, heldOut, dropped }: PreparedData, folder: string): string {
  const how = split === 'public' ? 'the set’s own split' : 'split by hash';
  return [
    `${records} records, ${how}`,
    `  ${join(folder, 'train.jsonl')}: ${sideText(train)}`,
    `  ${join(folder, 'held-out.jsonl')}: ${sideText(heldOut)}`,
    ...Object.entries(dropped).map(([reason, count]) => `  dropped: ${count} ${reason}`),
  ].join('\n');
}

function sideText({ prompts, categories }: PreparedData['train']): string {
  const parts = Object.entries(categories).map(([category, count]) => `${category} ${count}`);
  return `${prompts} prompts${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`;
}
