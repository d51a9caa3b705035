import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { canonicalJson, sha256 } from '../artifact-store';

/** What the weights in a folder are: SHA-256 over the names and hashes of its files (sub-folders left out, links followed). */
export async function modelRevision(folder: string): Promise<string> {
  const files: Record<string, string> = {};
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!(await stat(path)).isFile()) continue;
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    files[name] = hash.digest('hex');
  }
  return sha256(canonicalJson(files));
}
