import { readFile } from 'node:fs/promises';
import { closest, distance } from 'fastest-levenshtein';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { campaign, type Campaign } from '../contract/campaign';

/** A campaign file that cannot be used. The message has a line for each problem: file, path in it, what is wrong, what would be right. */
export class CampaignFileError extends Error {
  constructor(file: string, problems: readonly string[]) {
    super(problems.map((problem) => `${file}: ${problem}`).join('\n'));
    this.name = 'CampaignFileError';
  }
}

/** Reads and checks a campaign file. @throws CampaignFileError */
export async function loadCampaign(file: string, overrides: { seed?: number } = {}): Promise<Campaign> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CampaignFileError(file, [missing ? 'there is no such file' : (error as Error).message]);
  }
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    throw new CampaignFileError(file, document.errors.map((error) => `is not YAML: ${error.message}`));
  }
  const value = document.toJS() as unknown;
  const parsed = campaign.safeParse(
    typeof value === 'object' && value !== null ? { ...value, ...overrides } : value,
  );
  if (!parsed.success) throw new CampaignFileError(file, parsed.error.issues.flatMap(describeIssue));
  return parsed.data;
}

type Issue = z.core.$ZodIssue;

function describeIssue(issue: Issue): string[] {
  const path = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path);
    return issue.keys.map((key) => {
      const nearest = known.length > 0 ? closest(key, known) : '';
      const hint = nearest !== '' && distance(key, nearest) <= 3 ? `did you mean "${nearest}"? ` : '';
      return `${pathText([...issue.path, key])} is not a key here; ${hint}Keys: ${known.join(', ')}`;
    });
  }
  if (issue.code === 'invalid_union' && issue.errors.some((errors) => errors.length > 0)) {
    const options = issue.errors.flat().map((nested) => nested.message);
    return [`${path}: ${[...new Set(options)].join('; or ')}`];
  }
  return [`${path}: ${issue.message}`];
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>(
    (sum, part) => (typeof part === 'number' ? `${sum}[${part}]` : sum === '' ? String(part) : `${sum}.${String(part)}`),
    '',
  );
  return text === '' ? 'the file' : text;
}

/** The keys that the schema has at a path; of all variants where it is a union. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schemas: z.core.$ZodType[] = [campaign];
  for (const part of path) schemas = schemas.flatMap(unwrap).flatMap((schema) => child(schema, part));
  return [...new Set(schemas.flatMap(unwrap).flatMap((schema) => Object.keys(shapeOf(schema) ?? {})))];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  const definition = schema._zod.def as { innerType?: z.core.$ZodType; options?: z.core.$ZodType[] };
  if (definition.innerType) return unwrap(definition.innerType);
  if (definition.options) return definition.options.flatMap(unwrap);
  return [schema];
}

function child(schema: z.core.$ZodType, part: PropertyKey): z.core.$ZodType[] {
  const definition = schema._zod.def as { element?: z.core.$ZodType };
  if (typeof part === 'number') return definition.element ? [definition.element] : [];
  const found = shapeOf(schema)?.[String(part)];
  return found ? [found] : [];
}

function shapeOf(schema: z.core.$ZodType): Record<string, z.core.$ZodType> | undefined {
  return (schema._zod.def as { shape?: Record<string, z.core.$ZodType> }).shape;
}
