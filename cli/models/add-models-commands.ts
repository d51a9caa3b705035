import type { Command } from 'commander';
import type { ExitCode } from '../command-error';
import type { PrepareSmollm2Options } from './prepare-smollm2';
import { wholeNumber } from '../whole-number';

/** `laser models build|smollm2` */
export function addModelsCommands(program: Command, finish: (command: Promise<ExitCode>) => Promise<void>): void {
  const models = program.command('models').description('make the models of the quickstart and of the larger example');
  models
    .command('build')
    .description('the tiny real models of the quickstart again, from the recipe (about a quarter of an hour)')
    .option('--out <folder>', 'where to put them', '.laser/models/quickstart')
    .option('--seed <number>', 'another seed', wholeNumber)
    .action(async (options: { out: string; seed?: number }) =>
      finish((await import('./build-models.js')).buildModels(options)),
    );
  models
    .command('smollm2')
    .description('SmolLM2-135M-Instruct and a reward model for it, for config/campaigns/smollm2-gsm8k.yaml')
    .requiredOption('--questions <file>', 'train.jsonl of GSM8K, or a file in its form')
    .option('--held-out <file>', 'test.jsonl of GSM8K; without it a tenth of the questions is held out')
    .option('--out <folder>', 'where to put them', '.laser/models/smollm2')
    .option('--seed <number>', 'another seed', wholeNumber)
    .option('--threads <number>', 'CPU threads', wholeNumber)
    .action(async (options: PrepareSmollm2Options) =>
      finish((await import('./prepare-smollm2.js')).prepareSmollm2(options)),
    );
}
