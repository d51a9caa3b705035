import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import type { ComparisonResult } from '../../contract/comparison-result';
import { comparisonMarkdown, renderComparison } from '../../report';

/** Writes result.json, result.md and result.html into a folder. @param command with which it was made. */
export async function writeResults(folder: string, result: ComparisonResult, command: string): Promise<void> {
  const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.version}`;
  const provenance = { command, machine };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(join(folder, 'result.md'), comparisonMarkdown(result, provenance));
  await writeFile(join(folder, 'result.html'), renderComparison(result, provenance));
}
