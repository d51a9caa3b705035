import type { CommandWords } from './command-words';

/** The words typed so far that are no options name a place in the tree; the longest one that is known counts. */
export function bashCompletion(places: readonly CommandWords[]): string {
  const cases = places.map(
    ({ path, words, files }) =>
      `    '${path}') words='${words.map(({ word }) => word).join(' ')}'; files=${files ? 1 : 0} ;;`,
  );
  return [
    '# laser completion for bash: source <(laser completion bash)',
    '_laser_words() {',
    '  words=; files=0',
    '  case "$1" in',
    ...cases,
    '    *) return 1 ;;',
    '  esac',
    '}',
    '_laser() {',
    '  local current=${COMP_WORDS[COMP_CWORD]} place= words= files=0 index',
    '  for ((index = 1; index < COMP_CWORD; index++)); do',
    '    local next="${place:+$place }${COMP_WORDS[index]}"',
    '    if _laser_words "$next"; then place=$next; else break; fi',
    '  done',
    '  _laser_words "$place"',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '  if ((files)) && [[ $current != -* ]]; then COMPREPLY+=($(compgen -f -- "$current")); fi',
    '}',
    'complete -o filenames -F _laser laser',
    '',
  ].join('\n');
}
