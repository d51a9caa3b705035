import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  pid: z.int(),
  temporalAddress: z.string(),
  temporalPid: z.int().nullable(),
  uiUrl: z.string().nullable(),
  modelServer: z.string().nullable(),
  models: z.record(z.string(), z.string()),
  rewardModels: z.array(z.string()),
});
/** What runs on this machine for one LASER_HOME, for other `laser` commands to find. */
export type RuntimeFile = z.infer<typeof schema>;

const fileOf = (home: string) => join(home, 'run', 'embedded.json');

/** The runtime that was recorded; null if there is none. `alive` is whether its process still is. */
export async function readRuntimeFile(home: string): Promise<(RuntimeFile & { alive: boolean }) | null> {
  try {
    const file = schema.parse(JSON.parse(await readFile(fileOf(home), 'utf8')));
    return { ...file, alive: isAlive(file.pid) };
  } catch {
    return null;
  }
}

export async function writeRuntimeFile(home: string, runtime: RuntimeFile): Promise<void> {
  const file = fileOf(home);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, JSON.stringify(runtime, null, 2));
  await rename(`${file}.${process.pid}`, file);
}

export async function removeRuntimeFile(home: string): Promise<void> {
  await rm(fileOf(home), { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
