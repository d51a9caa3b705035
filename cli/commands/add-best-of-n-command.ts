import type { Command } from 'commander';
import type { BestOfNOptions } from '../answer-best-of-n';
import { finish } from '../finish';
import { wholeNumber } from '../whole-number';
import { withExamples } from './with-examples';

/** `laser best-of-n` */
export function addBestOfNCommand(program: Command): void {
  withExamples(
    program
      .command('best-of-n')
      .description('answer prompts with the best of n completions, by the reward model that a bandit picks for each')
      .argument('<file>', 'best-of-n file, or the file of a finished campaign (YAML)')
      .option('-n, --completions <number>', 'n: completions a prompt, in place of the file’s', wholeNumber)
      .option('--prompts <file>', 'the prompts to answer, in place of the file’s (JSON lines)')
      .option('--limit <number>', 'the first so many of them only', wholeNumber)
      .option('--output <folder>', 'where the results go (default: best-of-n/<name> under LASER_HOME)')
      .option('--detach', 'start it and return; needs `laser up` or workers elsewhere')
      .option('--json', 'print the result as JSON on stdout')
      .action(async (file: string, options: BestOfNOptions) =>
        finish((await import('../answer-best-of-n.js')).answerBestOfN(file, options)),
      ),
    'laser best-of-n config/campaigns/quickstart.yaml -n 8 --limit 200',
    'laser best-of-n my-best-of-n.yaml --prompts questions.jsonl --output answers',
  );
}
