import { spawnSync } from 'node:child_process';
import { printCompletion } from '../../cli/completion/print-completion';
import { buildProgram } from '../../cli/program';
import { useOutput } from './use-output';

const output = useOutput();
const scriptOf = async (shell: 'bash' | 'zsh' | 'fish') => {
  await printCompletion(buildProgram(), shell);
  return output.text();
};

/** What bash offers for a command line; its last word is the one under the cursor. */
async function offered(...words: string[]): Promise<string[]> {
  const program = [
    await scriptOf('bash'),
    `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}`,
    '_laser; printf "%s\\n" "${COMPREPLY[@]}"',
  ].join('\n');
  const { stdout, stderr } = spawnSync('bash', ['-c', program], { encoding: 'utf8', cwd: __dirname });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

test.each<[string[], string[]]>([
  [['laser', 'sch'], ['schedule']],
  [['laser', 'schedule', 'un'], ['unpause']],
  [
    ['laser', 'rm', ''],
    ['add', 'remove', 'mask', 'unmask', 'help', '--help'],
  ],
  [['laser', 'stop', 'quickstart', '--n'], ['--now']],
  [['laser', 'completion', 'z'], ['zsh']],
  [['laser', 'run', 'completion.t'], ['completion.test.ts']],
])('bash completes %j', async (words, expected) => {
  expect(await offered(...words)).toEqual(expected);
});

test.each(['zsh', 'fish'] as const)('%s has every verb and its options, at their places', async (shell) => {
  const script = await scriptOf(shell);
  for (const text of ['schedule backfill', 'min-accuracy', 'let it start nothing until it is unpaused']) {
    expect(script).toContain(text);
  }
  expect(script).not.toMatch(/undefined|\[object/);
});
