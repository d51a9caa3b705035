import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const fixtures = join(__dirname, '../../model-server/__fixtures__');

/** A recorded reply, freshly parsed, so that a test may spoil its copy. */
export function recorded<Shape = Record<string, unknown>>(name: string): Shape {
  return JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8')) as Shape;
}
