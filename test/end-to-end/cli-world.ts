import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { z } from 'zod';
import { cliOutputs } from '../../contract/cli-output';
import { projectRoot } from '../../workers/embedded/project-root';

const run = promisify(execFile);
const main = join(projectRoot, 'dist', 'cli', 'main.js');
type Output = keyof typeof cliOutputs;

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** The laser command in processes of its own, over one LASER_HOME. */
export function laserCommand(home: string) {
  const { TEMPORAL_ADDRESS: _, ...inherited } = process.env;
  const tried = new Set<Output>();
  const environment = { ...inherited, LASER_HOME: home, NO_COLOR: '1', OMP_NUM_THREADS: '1' };

  const laser = async (...args: string[]): Promise<Outcome> => {
    try {
      return { code: 0, ...(await run(process.execPath, [main, ...args], { env: environment })) };
    } catch (error) {
      const { code, stdout, stderr } = error as Outcome;
      return { code, stdout, stderr };
    }
  };

  return {
    laser,
    /** The outputs that were read by their schema. */
    tried,
    /** What a verb prints with --json, by its published schema; messages must not be among it. */
    json: async <Name extends Output>(schema: Name, ...args: string[]): Promise<z.infer<(typeof cliOutputs)[Name]>> => {
      const { code, stdout, stderr } = await laser(...args, '--json');
      tried.add(schema);
      if (code !== 0) throw new Error(`laser ${args.join(' ')} ended with ${code}: ${stderr}`);
      return cliOutputs[schema].parse(JSON.parse(stdout)) as z.infer<(typeof cliOutputs)[Name]>;
    },
    /** A verb that is interrupted as by Ctrl-C once it has printed something; its exit code. */
    interrupted: async (...args: string[]): Promise<number | null> => {
      const child = spawn(process.execPath, [main, ...args], {
        ...{ env: environment, stdio: ['ignore', 'pipe', 'ignore'] },
      });
      child.stdout.once('data', () => child.kill('SIGINT'));
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
    /** `laser up`, once it is up. */
    up: async (
      ...args: string[]
    ): Promise<{ process: ChildProcess; ended: Promise<number | null>; output: unknown }> => {
      const child = spawn(process.execPath, [main, 'up', ...args, '--json'], {
        ...{ env: environment, stdio: ['ignore', 'pipe', 'ignore'] },
      });
      const ended = once(child, 'exit').then(([code]) => code as number | null);
      const [line] = (await Promise.race([
        once(createInterface({ input: child.stdout }), 'line'),
        ended.then((code) => Promise.reject(new Error(`laser up ended with ${code}`))),
      ])) as [string];
      return { process: child, ended, output: JSON.parse(line) };
    },
  };
}
