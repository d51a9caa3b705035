import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../workers/embedded/project-root';
import { shellBlocks } from './shell-blocks';

const run = promisify(execFile);
const blocks = shellBlocks(join('docs', 'tutorial.md')).filter(({ how }) => how !== '');

describe('the tutorial, command by command', () => {
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  const background: ChildProcess[] = [];
  const printed = new Map<string, string>();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'laser-tutorial-'));
    symlinkSync(join(projectRoot, 'bin'), join(folder, 'bin'));
    const { TEMPORAL_ADDRESS: _, ...inherited } = process.env;
    environment = { ...inherited, LASER_HOME: join(folder, '.laser'), NO_COLOR: '1', OMP_NUM_THREADS: '1' };
  });

  afterAll(async () => {
    for (const child of background) {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const shell = async (command: string) => {
    const { stdout, stderr } = await run('bash', ['-c', command], { cwd: folder, env: environment });
    printed.set(command, stdout + stderr);
  };

  /** Starts it and waits until there is something to talk to. */
  const startInBackground = async (command: string) => {
    background.push(spawn('bash', ['-c', `exec ${command}`], { cwd: folder, env: environment, stdio: 'ignore' }));
    for (let tries = 0; ; tries += 1) {
      try {
        return await shell('bin/laser status');
      } catch (error) {
        if (tries === 60) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  };

  const steps = blocks.flatMap(({ how, commands }) => commands.map((command) => ({ how, command })));
  test.each(steps)(
    '$command',
    async ({ how, command }) => (how === 'background' ? startInBackground(command) : shell(command)),
    180_000,
  );

  test('it showed what it promises', () => {
    const text = (start: string) => [...printed].find(([command]) => command.startsWith(start))?.[1] ?? '';
    expect(text('bin/laser run first.yaml')).toMatch(/Paired exact McNemar test/);
    expect(text('bin/laser status ci')).toMatch(/rm-sum/);
    expect(text('bin/laser run first.yaml --dry-run')).toMatch(/learningRate/);
    expect(existsSync(join(folder, 'first-policy', 'adapter_config.json'))).toBe(true);
    expect(readFileSync(join(folder, 'first.yaml'), 'utf8')).toMatch(/learningRate: 3\.0e-4/);
  });
});
