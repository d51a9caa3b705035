import type { CommandWords } from './command-words';

/** A line a word, offered where the words typed so far name its place in the tree. */
export function fishCompletion(places: readonly CommandWords[]): string {
  const known = places.flatMap(({ path }) => (path === '' ? [] : [quote(path)]));
  return [
    '# laser completion for fish: laser completion fish > ~/.config/fish/completions/laser.fish',
    'function __laser_at',
    `    set -l known ${known.join(' ')}`,
    '    set -l place',
    '    for word in (commandline -opc)[2..]',
    '        set -l next (string trim "$place $word")',
    '        if contains -- $next $known',
    '            set place $next',
    '        else',
    '            break',
    '        end',
    '    end',
    '    test "$place" = "$argv[1]"',
    'end',
    'complete -c laser -f',
    ...places.flatMap(({ path, words, files }) => {
      const at = `-n ${quote(`__laser_at ${path === '' ? '""' : `"${path}"`}`)}`;
      const offers = words.map(({ word, description }) => {
        const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${word}`;
        return `complete -c laser ${at} ${what} -d ${quote(description)}`;
      });
      return files ? [...offers, `complete -c laser ${at} -F`] : offers;
    }),
    '',
  ].join('\n');
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
