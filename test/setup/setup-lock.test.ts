import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runModule, startModule } from './run-module';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();
const lock = () => join(folder(), '.laser', 'setup.lock');

test('two set-ups take turns, and the second says that it waits', async () => {
  const trace = join(folder(), 'trace');
  const expression = `m.withSetupLock(${JSON.stringify(lock())}, async () => {
    const { appendFileSync } = await import('node:fs');
    appendFileSync(${JSON.stringify(trace)}, 'in ');
    await new Promise((resolve) => setTimeout(resolve, 400));
    appendFileSync(${JSON.stringify(trace)}, 'out ');
  })`;
  const children = [startModule('setup-lock.mjs', expression), startModule('setup-lock.mjs', expression)];
  const messages = children.map(async (child) => {
    let text = '';
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(child, 'close');
    return text;
  });
  const said = await Promise.all(messages);
  expect(readFileSync(trace, 'utf8')).toBe('in out in out ');
  expect(said.filter((text) => text.includes('waiting'))).toHaveLength(1);
  expect(existsSync(lock())).toBe(false);
});

test('the lock of a process that is gone is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  runModule('setup-lock.mjs', `m.withSetupLock(${JSON.stringify(lock())}, () => 1)`);
  writeFileSync(lock(), String(pid));
  expect(runModule('setup-lock.mjs', `m.withSetupLock(${JSON.stringify(lock())}, () => 2)`).value).toBe(2);
  expect(existsSync(lock())).toBe(false);
});

test('the lock is given back when the work fails', () => {
  const failing = `m.withSetupLock(${JSON.stringify(lock())}, () => { throw new Error('full disk'); })`;
  expect(runModule('setup-lock.mjs', failing).stderr).toContain('full disk');
  expect(existsSync(lock())).toBe(false);
});
