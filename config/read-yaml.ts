import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { CampaignFileError } from './campaign-file-error';

/** What a YAML file holds. @throws CampaignFileError */
export async function readYaml(file: string, what: string): Promise<unknown> {
  return parseYaml(file, await readText(file, what));
}

async function readText(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const problem = missing ? `there is no such file; give the path of ${what}` : (error as Error).message;
    throw new CampaignFileError(file, [problem]);
  }
}

function parseYaml(file: string, text: string): unknown {
  const document = parseDocument(text, { prettyErrors: true });
  const errors: Error[] = [...document.errors];
  if (errors.length === 0) {
    try {
      return document.toJS();
    } catch (error) {
      errors.push(error as Error);
    }
  }
  throw new CampaignFileError(
    file,
    errors.map(({ message }) => `is not YAML: ${message.replace(/:?\n.*/s, '')}`),
  );
}
