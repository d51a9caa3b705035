import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { buildProgram } from '../../cli/program';
import { projectRoot } from '../../workers/embedded/project-root';
import { pages } from './pages';
import { shellBlocks } from './shell-blocks';

const commands = pages.flatMap((page) =>
  [
    ...shellBlocks(page).flatMap(({ commands: own }) => own),
    ...[...readFileSync(join(projectRoot, page), 'utf8').matchAll(/`(bin\/laser [^`]+)`/g)].map(([, text]) => text!),
  ]
    .filter((text) => text.startsWith('bin/laser'))
    .map((text) => ({ page, text })),
);

/** What is wrong with a command as it is written; null if nothing is. Alternatives (`pause|resume`) are all looked at. */
function problemOf(text: string): string | null {
  const [, first = '', ...rest] = words(text.replace(/<[^>]+>/g, '1'));
  for (const verb of first.split('|')) {
    let command: Command | undefined = buildProgram().commands.find((known) => known.name() === verb);
    if (!command) return `there is no verb ${verb}`;
    const remaining = [...rest];
    while (command.commands.length > 0 && remaining.length > 0) {
      const name: string = remaining.shift()!.split('|')[0]!;
      const below: Command | undefined = command.commands.find((known) => known.name() === name);
      if (!below) return `${verb} has no ${name}`;
      command = below;
    }
    command.exitOverride((error) => {
      throw error;
    });
    const { operands, unknown } = command.parseOptions(remaining);
    if (unknown.length > 0) return `${verb} has no option ${unknown[0]}`;
    const variadic = command.registeredArguments.some((argument) => argument.variadic);
    if (!variadic && operands.length > command.registeredArguments.length) return `${verb} takes no ${operands.at(-1)}`;
  }
  return null;
}

function words(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare!);
}

test('there are commands in the docs', () => expect(commands.length).toBeGreaterThan(30));

test.each(commands)('$page: $text', ({ text }) => {
  expect(problemOf(text)).toBeNull();
});

test.each([
  ['bin/laser runn x.yaml', 'there is no verb runn'],
  ['bin/laser run x.yaml --sed 3', 'run has no option --sed'],
  ['bin/laser schedule make x', 'schedule has no make'],
  ['bin/laser status a b', 'status takes no b'],
])('a wrong command is found: %s', (text, problem) => expect(problemOf(text)).toBe(problem));

test('`npm run` names scripts that there are', () => {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { scripts: object };
  const named = pages.flatMap((page) =>
    [...readFileSync(join(projectRoot, page), 'utf8').matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name]) => name!),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
