import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';

/**
 * A problem that the schema found, in a line for each part: path, what is wrong, what would be right.
 * @param value what was checked: it tells which variant of a union was meant.
 */
export function describeIssue(schema: z.core.$ZodType, issue: z.core.$ZodIssue, value: unknown): string[] {
  const path = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path, value);
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

/** The keys that the schema has at a path; of all variants where it is a union and the value does not say which. */
function knownKeys(root: z.core.$ZodType, path: readonly PropertyKey[], value: unknown): string[] {
  let schemas = unwrap(root, value);
  let here = value;
  for (const part of path) {
    here = (here as Record<PropertyKey, unknown> | null | undefined)?.[part];
    schemas = schemas.flatMap((schema) => child(schema, part)).flatMap((schema) => unwrap(schema, here));
  }
  return [...new Set(schemas.flatMap((schema) => Object.keys(shapeOf(schema) ?? {})))];
}

interface Definition {
  innerType?: z.core.$ZodType;
  options?: z.core.$ZodType[];
  discriminator?: string;
}

function unwrap(schema: z.core.$ZodType, value: unknown): z.core.$ZodType[] {
  const { innerType, options, discriminator } = schema._zod.def as Definition;
  if (innerType) return unwrap(innerType, value);
  if (!options) return [schema];
  const tag = discriminator === undefined ? undefined : (value as Record<string, unknown> | null)?.[discriminator];
  const isMeant = (option: z.core.$ZodType) => shapeOf(option)?.[discriminator ?? '']?._zod.values?.has(tag as never);
  const meant = options.filter(isMeant);
  return (meant.length > 0 ? meant : options).flatMap((option) => unwrap(option, value));
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
