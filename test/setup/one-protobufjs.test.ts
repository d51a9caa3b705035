import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const scope = join(__dirname, '../../node_modules/@temporalio');

interface Manifest {
  version: string;
  dependencies?: Record<string, string>;
}
const readManifest = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Manifest;

/** The package.json of protobufjs as code of this folder would load it. */
function protobufjsOf(folder: string): string {
  let parent = dirname(require.resolve('protobufjs', { paths: [folder] }));
  while (!parent.endsWith('protobufjs')) parent = dirname(parent);
  return join(parent, 'package.json');
}

/** With several copies, histories saved as JSON cannot be replayed: instanceof fails between them. */
test('all @temporalio packages load one protobufjs, of major version 8', () => {
  const users = readdirSync(scope).filter(
    (name) => readManifest(join(scope, name, 'package.json')).dependencies?.['protobufjs'] !== undefined,
  );
  expect(users).toEqual(expect.arrayContaining(['common', 'proto', 'worker']));
  const copies = new Set(users.map((name) => protobufjsOf(join(scope, name))));
  expect([...copies]).toEqual([join(scope, '../protobufjs/package.json')]);
  expect(readManifest([...copies][0]!).version).toMatch(/^8\./);
});

test('all @temporalio packages of ours have one version', () => {
  const own = Object.keys(readManifest(join(__dirname, '../../package.json')).dependencies ?? {})
    .filter((name) => name.startsWith('@temporalio/'))
    .map((name) => readManifest(join(scope, '..', name, 'package.json')).version);
  expect(own.length).toBeGreaterThan(3);
  expect(new Set(own).size).toBe(1);
});
