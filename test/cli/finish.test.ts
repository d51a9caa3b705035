import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../workers/embedded/project-root';

const finish = join(projectRoot, 'dist', 'cli', 'finish.js');
const bytes = 1_000_000;

test.each([0, 1])(
  'all that was printed arrives, however slowly it is read, and then the exit code %s',
  async (code) => {
    const script = `process.stdout.write('x'.repeat(${bytes})); require(${JSON.stringify(finish)}).finish(Promise.resolve(${code}))`;
    const command = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(command, 'close');
    let read = 0;
    command.stdout.on('data', (part: Buffer) => (read += part.length));
    command.stdout.pause();
    await delay(300);
    command.stdout.resume();
    expect(await ended).toEqual([code, null]);
    expect(read).toBe(bytes);
  },
);
