import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const setupFolder = join(__dirname, '../../setup');

interface Options {
  /** Folder with the set-up's modules; the project's own by default. */
  readonly folder?: string;
  readonly env?: NodeJS.ProcessEnv;
}

interface Outcome {
  readonly status: number | null;
  readonly stderr: string;
  /** What the expression came to, through JSON. */
  readonly value: unknown;
}

/**
 * Evaluates an expression over a module's exports (`m`) in a process of its own, as the set-up runs: ES modules, no Jest.
 * Failures end as the programs' do, through runMain.
 */
export function runModule(module: string, expression: string, options: Options = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, nodeArguments(module, expression, options), {
    encoding: 'utf8',
    env: { ...process.env, ...options.env },
  });
  return { status, stderr, value: stdout === '' ? undefined : (JSON.parse(stdout) as unknown) };
}

/** The same, started and not waited for. */
export function startModule(module: string, expression: string, options: Options = {}) {
  return spawn(process.execPath, nodeArguments(module, expression, options), {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function nodeArguments(module: string, expression: string, { folder = setupFolder }: Options): string[] {
  const url = (name: string) => JSON.stringify(pathToFileURL(join(folder, name)).href);
  const program = `
    const m = await import(${url(module)});
    const { runMain } = await import(${url('run-main.mjs')});
    await runMain(async () => {
      const value = await (${expression});
      process.stdout.write(JSON.stringify(value ?? null));
    });`;
  return ['--input-type=module', '--eval', program];
}

/** Writes an executable shell script. */
export function writeScript(file: string, ...lines: string[]): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${lines.join('\n')}\n`);
  chmodSync(file, 0o755);
  return file;
}
