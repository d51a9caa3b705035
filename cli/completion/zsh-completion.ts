import type { CommandWords } from './command-words';

/** As in bash, with what each word does beside it. */
export function zshCompletion(places: readonly CommandWords[]): string {
  const cases = places.map(({ path, words, files }) => {
    const described = words.map(({ word, description }) => quote(`${word.replaceAll(':', '\\:')}:${description}`));
    return `    '${path}') offered=(${described.join(' ')}); files=${files ? 1 : 0} ;;`;
  });
  return [
    '#compdef laser',
    '# laser completion for zsh: source <(laser completion zsh)',
    '_laser_words() {',
    '  offered=(); files=0',
    '  case "$1" in',
    ...cases,
    '    *) return 1 ;;',
    '  esac',
    '}',
    '_laser() {',
    '  local place= next files=0 index',
    '  local -a offered',
    '  for ((index = 2; index < CURRENT; index++)); do',
    '    next="${place:+$place }${words[index]}"',
    '    if _laser_words "$next"; then place=$next; else break; fi',
    '  done',
    '  _laser_words "$place"',
    '  _describe laser offered',
    '  if ((files)); then _files; fi',
    '}',
    'compdef _laser laser',
    '',
  ].join('\n');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
