import type { Command } from 'commander';

/** Adds command lines to a verb's help; lines that begin with a blank go on from the one above. */
export function withExamples(command: Command, ...lines: string[]): Command {
  const title = lines.filter((line) => !line.startsWith(' ')).length === 1 ? 'Example:' : 'Examples:';
  return command.addHelpText('after', ['', title, ...lines.map((line) => `  ${line}`)].join('\n'));
}
