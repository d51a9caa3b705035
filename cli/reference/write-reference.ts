import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../workers/embedded/project-root';
import { bestOfNReference } from './best-of-n-reference';
import { campaignReference } from './campaign-reference';
import { comparisonReference } from './comparison-reference';
import { cliReference } from './cli-reference';
import { failureTable, failureTypesFile } from './failure-reference';
import { jsonSchemas } from './json-schemas';

/** Files that are made from the code, by their path in the project. */
export function generatedFiles(): Record<string, string> {
  const files: Record<string, string> = {
    'docs/reference/best-of-n.md': bestOfNReference(),
    'docs/reference/campaign.md': campaignReference(),
    'docs/reference/cli.md': cliReference(),
    'docs/reference/comparison.md': comparisonReference(),
    'docs/reference/failures.md': failureTable(),
    'contract/failure-types.json': failureTypesFile(),
  };
  for (const [name, text] of Object.entries(jsonSchemas())) files[`contract/json-schema/${name}`] = text;
  return files;
}

async function writeReference(): Promise<void> {
  for (const [path, text] of Object.entries(generatedFiles())) {
    await mkdir(dirname(join(projectRoot, path)), { recursive: true });
    await writeFile(join(projectRoot, path), text);
  }
}

if (require.main === module) void writeReference();
