import type { Command } from 'commander';
import { withExamples } from '../commands/with-examples';
import { finish } from '../finish';
import { wholeNumber } from '../whole-number';
import type { PrepareSmollm2Options } from './prepare-smollm2';

/** `laser models build|misleading|smollm2` */
export function addModelsCommands(program: Command): void {
  const models = program.command('models').description('make the models of the quickstart and of the larger example');
  withExamples(
    models
      .command('build')
      .description('the tiny real models of the quickstart again, from the recipe (about a quarter of an hour)')
      .option('--out <folder>', 'where to put them', '.laser/models/quickstart')
      .option('--seed <number>', 'another seed', wholeNumber)
      .action(async (options: { out: string; seed?: number }) =>
        finish((await import('./build-models.js')).buildModels(options)),
      ),
    'laser models build --out .laser/models/seed-2 --seed 2',
  );
  withExamples(
    models
      .command('misleading')
      .description('a reward model that is wrong off its family, for benchmarks/reproduce/guard.yaml (two minutes)')
      .option('--out <folder>', 'where to put it', '.laser/models/misleading')
      .action(async (options: { out: string }) =>
        finish((await import('./build-misleading.js')).buildMisleading(options)),
      ),
    'laser models misleading',
  );
  withExamples(
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
      ),
    'laser models smollm2 --questions gsm8k/train.jsonl --held-out gsm8k/test.jsonl',
  );
}
