import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';

const project = join(__dirname, '../..');

/** The named folders of the project as JavaScript in a temporary one, for processes that are not Jest. */
export function useCompiledProject(...folders: string[]): () => string {
  const compiled = mkdtempSync(join(tmpdir(), 'laser-compiled-'));
  beforeAll(() => {
    symlinkSync(join(project, 'node_modules'), join(compiled, 'node_modules'));
    for (const folder of folders) {
      mkdirSync(join(compiled, folder));
      for (const name of readdirSync(join(project, folder)).filter((file) => file.endsWith('.ts'))) {
        const { code } = transformFileSync(join(project, folder, name), {
          swcrc: false,
          jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
          module: { type: 'commonjs' },
        });
        writeFileSync(join(compiled, folder, name.replace(/\.ts$/, '.js')), code);
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
