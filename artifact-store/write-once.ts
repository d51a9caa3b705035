import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Puts bytes at `target` so that a reader sees all of them or nothing, whatever is killed and when:
 * temporary file, fsync, then one atomic move.
 * @param exclusive keep what is there: the first writer wins.
 * @returns whether this call's bytes are now at `target`.
 */
export async function writeOnce(root: string, target: string, bytes: Uint8Array, exclusive: boolean): Promise<boolean> {
  const temporary = join(root, 'tmp', randomUUID());
  await mkdir(dirname(temporary), { recursive: true });
  await mkdir(dirname(target), { recursive: true });
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    if (!exclusive) {
      await rename(temporary, target);
      return true;
    }
    await link(temporary, target);
    return true;
  } catch (error) {
    if (exclusive && (error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}
