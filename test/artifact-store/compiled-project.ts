import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';

const project = join(__dirname, '../..');

/** The named folders of the project as JavaScript in a temporary one, for processes that are not Jest. */
export function useCompiledProject(...folders: string[]): () => string {
  let compiled = '';
  beforeAll(() => {
    compiled = mkdtempSync(join(tmpdir(), 'laser-compiled-'));
    for (const name of ['node_modules', 'package.json']) symlinkSync(join(project, name), join(compiled, name));
    for (const folder of folders) {
      const files = readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' });
      for (const file of files.filter((name) => name.endsWith('.ts'))) {
        const { code } = transformFileSync(join(project, folder, file), {
          swcrc: false,
          jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
          module: { type: 'commonjs', ignoreDynamic: true },
        });
        const target = join(compiled, folder, file.replace(/\.ts$/, '.js'));
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, code);
      }
    }
  });
  afterAll(() => rmSync(compiled, { recursive: true, force: true }));
  return () => compiled;
}

/** A Node process in `folder` that runs `program` (CommonJS). */
export function startNode(folder: string, program: string) {
  return spawn(process.execPath, ['--eval', program], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
}
