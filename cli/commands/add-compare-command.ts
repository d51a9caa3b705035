import type { Command } from 'commander';
import type { CompareOptions } from '../compare-strategies';
import { finish } from '../finish';
import { withExamples } from './with-examples';

/** `laser compare` */
export function addCompareCommand(program: Command): void {
  withExamples(
    program
      .command('compare')
      .description('run strategies × seeds as campaigns and compare them, with intervals; goes on where it was')
      .argument('<file>', 'comparison file (YAML)')
      .option('--output <folder>', 'where the results go (default: comparisons/<name> under LASER_HOME)')
      .option('--detach', 'start it and return; needs `laser up` or workers elsewhere')
      .option('--dry-run', 'show which campaigns would run and how much of their work is shared; start nothing')
      .option('--json', 'print the result as JSON on stdout')
      .action(async (file: string, options: CompareOptions) =>
        finish((await import('../compare-strategies.js')).compareStrategies(file, options)),
      ),
    'laser compare benchmarks/reproduce/strategies.yaml --dry-run',
    'laser compare my-comparison.yaml',
  );
}
