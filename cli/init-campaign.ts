import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { InitOutput } from '../contract/cli-output/machine';
import { projectRoot } from '../workers/embedded/project-root';
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { commentedCampaign } from './init/commented-campaign';
import { printOutput } from './print-output';

export interface InitOptions {
  /** Name of a file in config/campaigns, without its ending. */
  preset: string;
  force?: boolean;
  json?: boolean;
}

/** `laser init [file] --preset <preset>` */
export async function initCampaign(file: string, { preset, force, json }: InitOptions): Promise<ExitCode> {
  const source = join(projectRoot, 'config', 'campaigns', `${preset}.yaml`);
  const target = resolve(file);
  const text = commentedCampaign(await readFile(source, 'utf8'), dirname(source), dirname(target));
  await mkdir(dirname(target), { recursive: true });
  try {
    await writeFile(target, text, { flag: force === true ? 'w' : 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CommandError(
      `${file} is there already; give another name, or --force to write over it.`,
      exitCodes.usage,
    );
  }
  const output: InitOutput = { file: target, preset };
  printOutput(output, json, () => `Written: ${relative(process.cwd(), target)} (preset ${preset})`);
  process.stderr.write(`Next: edit it, then \`laser doctor ${file}\` and \`laser run ${file}\`.\n`);
  return exitCodes.done;
}
