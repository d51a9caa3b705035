import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runModule, startModule, writeScript } from './run-module';
import { useTemporaryFolder } from './temporary-folder';

const folder = useTemporaryFolder();

function expression(command: string, args: string[] = []): string {
  const options = { title: 'Tool', logFile: join(folder(), 'logs', 'tool.log') };
  return `m.runLogged(${JSON.stringify(command)}, ${JSON.stringify(args)}, ${JSON.stringify(options)})`;
}

const log = () => readFileSync(join(folder(), 'logs', 'tool.log'), 'utf8');

test('output goes to the log, not to the terminal', () => {
  const script = writeScript(join(folder(), 'tool'), 'echo out', 'echo err >&2');
  expect(runModule('run-logged.mjs', expression(script, ['a', 'b']))).toEqual({ status: 0, stderr: '', value: null });
  expect(log()).toContain(`$ ${script} a b\n`);
  expect(log()).toContain('out\n');
  expect(log()).toContain('err\n');
});

test('a failure is told with its exit code, the first and last lines and where the log is', () => {
  const script = writeScript(join(folder(), 'tool'), 'seq 1 100', 'echo "no space left" >&2', 'exit 7');
  const { status, stderr } = runModule('run-logged.mjs', expression(script));
  expect(status).toBe(3);
  expect(stderr).toContain(`Tool: ${script} exited with code 7. Its first and last lines:`);
  expect(stderr).toContain('lines:\n  1\n');
  expect(stderr).toContain('  100\n  no space left\n');
  expect(stderr).not.toContain('  50\n');
  expect(stderr).toContain(`Full log: ${join(folder(), 'logs', 'tool.log')}`);
  expect(log()).toContain('50\n');
});

test('a command that is not there', () => {
  const { status, stderr } = runModule('run-logged.mjs', expression('laser-no-such-tool'));
  expect({ status, stderr }).toEqual({ status: 3, stderr: 'Tool: cannot start laser-no-such-tool (ENOENT).\n' });
});

test('SIGINT ends the command too, quietly, with exit code 130', async () => {
  const started = join(folder(), 'started');
  const finished = join(folder(), 'finished');
  const script = writeScript(join(folder(), 'tool'), `touch ${started}`, 'sleep 2', `touch ${finished}`);
  const child = startModule('run-logged.mjs', expression(script));
  while (!existsSync(started)) await sleep(20);
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(130);
  await sleep(2_200);
  expect(existsSync(finished)).toBe(false);
});
