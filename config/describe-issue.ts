import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';

/** A problem that the schema found, in a line for each part: path, what is wrong, what would be right. */
export function describeIssue(schema: z.core.$ZodType, issue: z.core.$ZodIssue): string[] {
  const path = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path);
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
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return [`${path} is missing; give it (${issue.expected})`];
  }
  if (issue.code === 'invalid_format' && issue.format === 'url') {
    return [`${path} is not an http:// or https:// address; give one such as http://127.0.0.1:8000, or embedded`];
  }
  return [`${path}: ${issue.message}`];
}

/** A path as people write it: `rewardModels[2].server`. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>(
    (sum, part) =>
      typeof part === 'number' ? `${sum}[${part}]` : sum === '' ? String(part) : `${sum}.${String(part)}`,
    '',
  );
  return text === '' ? 'the file' : text;
}

/** The keys that the schema has at a path; of all variants where it is a union. */
function knownKeys(root: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let schemas = [root];
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
