import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runModule, setupFolder } from './run-module';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();
const project = join(setupFolder, '..');
const inFolder = (...names: string[]) => join(folder(), ...names);

function ensure() {
  const paths = `(await import(${JSON.stringify(`file://${setupFolder}/paths.mjs`)})).pathsOf(${JSON.stringify(folder())}, {})`;
  return runModule('ensure-build.mjs', `m.ensureBuild(${paths})`);
}

/** A project of three files that is built with the project's own compiler and configuration. */
beforeEach(() => {
  for (const file of ['tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json']) {
    cpSync(join(project, file), inFolder(file));
  }
  symlinkSync(join(project, 'node_modules'), inFolder('node_modules'));
  for (const name of ['contract', 'workers', 'test']) mkdirSync(inFolder(name));
  writeFileSync(inFolder('contract', 'seven.ts'), 'export type Digit = 7;\nexport const seven: Digit = 7;\n');
  writeFileSync(inFolder('test', 'seven.test.ts'), 'export {};\n');
  writeFileSync(
    inFolder('workers', 'build-workflow-bundle.ts'),
    [
      "import { writeFileSync } from 'node:fs';",
      "import { join } from 'node:path';",
      "import { seven, type Digit } from '../contract/seven';",
      'const digit: Digit = seven;',
      "writeFileSync(join(__dirname, '../workflow-bundle.js'), `bundle ${digit}`);",
    ].join('\n'),
  );
});

test('builds folder for folder, without tests, then is silent until a source changes', () => {
  const first = ensure();
  expect(first).toMatchObject({ status: 0, stderr: expect.stringMatching(/^Build .*…\nBuild: done in /) });
  expect(readFileSync(inFolder('dist', 'workflow-bundle.js'), 'utf8')).toBe('bundle 7');
  expect(existsSync(inFolder('dist', 'contract', 'seven.js'))).toBe(true);
  expect(existsSync(inFolder('dist', 'test'))).toBe(false);
  expect(ensure()).toEqual({ status: 0, stderr: '', value: null });

  writeFileSync(inFolder('dist', 'contract', 'renamed-away.js'), '');
  writeFileSync(inFolder('contract', 'seven.ts'), 'export type Digit = 8;\nexport const seven: Digit = 8;\n');
  expect(ensure().status).toBe(0);
  expect(readFileSync(inFolder('dist', 'workflow-bundle.js'), 'utf8')).toBe('bundle 8');
  expect(existsSync(inFolder('dist', 'contract', 'renamed-away.js'))).toBe(false);
}, 120_000);

test('a failure is told, and tried again', () => {
  writeFileSync(inFolder('workers', 'build-workflow-bundle.ts'), "throw new Error('no such workflow');\n");
  const failed = ensure();
  expect(failed.status).toBe(3);
  expect(failed.stderr).toContain('no such workflow');
  expect(existsSync(inFolder('dist', '.laser-stamp'))).toBe(false);
  expect(ensure().status).toBe(3);
}, 120_000);
