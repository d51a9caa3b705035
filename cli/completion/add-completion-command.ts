import { Argument, type Command } from 'commander';
import { withExamples } from '../commands/with-examples';
import { finish } from '../finish';

/** `laser completion bash|zsh|fish` */
export function addCompletionCommand(program: Command): void {
  withExamples(
    program
      .command('completion')
      .description('print a script that completes laser’s verbs and options in a shell')
      .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
      .action(async (shell: 'bash' | 'zsh' | 'fish') =>
        finish((await import('./print-completion.js')).printCompletion(program, shell)),
      ),
    'source <(laser completion bash)',
    'laser completion fish > ~/.config/fish/completions/laser.fish',
  );
}
