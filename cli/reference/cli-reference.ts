import type { Command } from 'commander';
import { cliOutputs } from '../../contract/cli-output';
import { buildProgram } from '../program';

const columns = 100;

/** docs/reference/cli.md: every verb with its help, from the command tree itself. */
export function cliReference(): string {
  const program = buildProgram();
  return [
    '# Commands',
    '',
    'What `laser --help` and the help of every verb say. Made from the command tree by `npm run reference`; do not edit.',
    '',
    fence(helpOf(program)),
    ...leavesOf(program).flatMap(section),
  ].join('\n');
}

/** The verbs that do something: all commands without commands below them. */
export function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

/** `schedule create` of `laser schedule create`. */
export function pathOf(command: Command): string {
  const above = command.parent === null || command.parent.parent === null ? '' : `${pathOf(command.parent)} `;
  return `${above}${command.name()}`;
}

function section(verb: Command): string[] {
  return [`## laser ${pathOf(verb)}`, '', fence(helpOf(verb)), ...outputsOf(verb)];
}

/** Where the shape of `--json` is to be read. */
function outputsOf(verb: Command): string[] {
  const name = pathOf(verb).replaceAll(' ', '-');
  const names = Object.keys(cliOutputs).filter((key) => key === name || isKindOf(key, verb, name));
  const links = names.map((key) => `[${key}](../../contract/json-schema/cli/${key}.json)`);
  return links.length === 0 ? [] : [`\`--json\`: ${links.join(', ')}`, ''];
}

/** Verbs that print one of several things have a schema for each: `status`, `status-list`. */
function isKindOf(key: string, { parent }: Command, name: string): boolean {
  return parent?.parent === null && key.startsWith(`${name}-`);
}

export function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => (text += part),
    getOutHelpWidth: () => columns,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.trim();
}

function fence(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\`\n`;
}
