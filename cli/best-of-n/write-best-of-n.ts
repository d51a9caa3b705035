import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactStore } from '../../artifact-store';
import type { ArtifactRef } from '../../contract/artifact';
import type { BestOfNResult } from '../../contract/best-of-n-result';

/** Writes result.json, and completions.jsonl with a BestOfNLine for each test prompt, into a folder. */
export async function writeBestOfN(
  folder: string,
  result: BestOfNResult,
  lines: ArtifactRef,
  store: ArtifactStore,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(join(folder, 'completions.jsonl'), await store.getBytes(lines.sha256));
}
