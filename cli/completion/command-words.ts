import type { Command } from 'commander';

/** A place in the command tree, and the words that may come next there. */
export interface CommandWords {
  /** `schedule create`; empty for `laser` itself. */
  path: string;
  words: { word: string; description: string }[];
  /** Whether a file may come too. */
  files: boolean;
}

/** What can be completed, from the command tree: verbs, options, and arguments with a fixed choice. */
export function commandWords(program: Command): CommandWords[] {
  return wordsBelow(program, '');
}

function wordsBelow(command: Command, path: string): CommandWords[] {
  const help = command.createHelp();
  const verbs = help.visibleCommands(command).map((verb) => ({ word: verb.name(), description: verb.description() }));
  const options = help
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long ? [{ word: long, description }] : []));
  const { registeredArguments } = command;
  const choices = registeredArguments.flatMap(({ argChoices, description }) =>
    (argChoices ?? []).map((word) => ({ word, description })),
  );
  const own = {
    path,
    words: [...verbs, ...choices, ...options],
    files: registeredArguments.some((argument) => /^(file|files|folder)$/.test(argument.name())),
  };
  const below = command.commands.flatMap((verb) => wordsBelow(verb, `${path} ${verb.name()}`.trim()));
  return [own, ...below];
}
