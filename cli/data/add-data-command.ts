import { Argument, type Command } from 'commander';
import { withExamples } from '../commands/with-examples';
import { finish } from '../finish';
import { share } from '../share';
import { wholeNumber } from '../whole-number';
import type { PrepareDataOptions } from './prepare-data';

const sets = ['gsm8k', 'strategyqa', 'mmlu', 'wildchat', 'longbench'];

/** `laser data prepare` */
export function addDataCommand(program: Command): void {
  withExamples(
    program
      .command('data')
      .description('public data sets for campaigns')
      .command('prepare')
      .description('write a public set as a campaign’s train.jsonl and held-out.jsonl, with a manifest')
      .addArgument(new Argument('<set>', 'which').choices(sets))
      .requiredOption('--out <folder>', 'folder to make')
      .option('--from <places...>', 'files, folders or archives in the set’s public formats, or a hub id (its own)')
      .option('--revision <commit>', 'of the hub')
      .option('--seed <number>', 'of the split and of all draws (1)', wholeNumber)
      .option('--held-out-share <share>', 'held out where the set has no split of its own (0.1)', share)
      .option('--resplit', 'put the set’s own splits together and split them by hash')
      .option('--sample <number>', 'use only so many of the set’s prompts, drawn at random', wholeNumber)
      .option('--limit <number>', 'at most so many training prompts, drawn at random', wholeNumber)
      .option('--held-out-limit <number>', 'at most so many held-out prompts, drawn at random', wholeNumber)
      .option('--per-category <number>', 'at most so many training prompts a category', wholeNumber)
      .option('--subjects', 'mmlu: its 57 subjects as categories, instead of its four groups')
      .option('--category-field <name>', 'wildchat: field of your file with the category (category)')
      .option('--classifier <model>', 'wildchat: folder or hub id of a text classifier that tells the category')
      .option('--json', 'print the manifest as JSON on stdout')
      .action(async (set: string, options: PrepareDataOptions) =>
        finish((await import('./prepare-data.js')).prepareData(set, options)),
      ),
    'laser data prepare gsm8k --from gsm8k/train.jsonl gsm8k/test.jsonl --out data/gsm8k',
    'laser data prepare mmlu --out data/mmlu',
    'laser data prepare wildchat --sample 50000 --per-category 1000 --classifier valpy/prompt-classification \\',
    '  --out data/wildchat',
  );
}
