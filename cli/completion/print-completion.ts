import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../command-error';
import { bashCompletion } from './bash-completion';
import { commandWords } from './command-words';
import { fishCompletion } from './fish-completion';
import { zshCompletion } from './zsh-completion';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** `laser completion bash|zsh|fish` */
export function printCompletion(program: Command, shell: keyof typeof scripts): Promise<ExitCode> {
  process.stdout.write(scripts[shell](commandWords(program)));
  return Promise.resolve(exitCodes.done);
}
