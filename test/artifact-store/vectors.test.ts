import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, sha256, stepKey } from '../../artifact-store';
import { bundleManifest, mediaTypes, type ArtifactRef } from '../../contract/artifact';
import { useTemporaryStore } from './temporary-store';

const store = useTemporaryStore();

function vectors<Vector>(name: string): Vector[] {
  return JSON.parse(readFileSync(join(__dirname, '../vectors', `${name}.json`), 'utf8')) as Vector[];
}

test.each(vectors<{ name: string; value: unknown; canonical: string }>('canonical-json'))(
  'canonical JSON as in Python: $name',
  ({ value, canonical }) => {
    expect(canonicalJson(value)).toBe(canonical);
  },
);

test.each(vectors<{ name: string; step: string; version: number; inputs: unknown; key: string }>('step-keys'))(
  'step key as in Python: $name',
  ({ step, version, inputs, key }) => {
    expect(stepKey(step, version, inputs)).toBe(key);
  },
);

interface BundleVector {
  name: string;
  files: Record<string, string>;
  manifest: string;
  ref: ArtifactRef;
}

test.each(vectors<BundleVector>('bundle-manifests'))('bundle manifest as in Python: $name', async (vector) => {
  const files = Object.entries(vector.files).map(([name, text]) => {
    const bytes = Buffer.from(text);
    return [name, { sha256: sha256(bytes), bytes: bytes.byteLength }] as const;
  });
  const manifest = bundleManifest.parse({ files: Object.fromEntries(files) });
  expect(canonicalJson(manifest)).toBe(vector.manifest);
  const ref = await store().putBytes(Buffer.from(canonicalJson(manifest)), mediaTypes.bundle);
  expect(ref).toEqual(vector.ref);
});

test.each([
  ['NaN', { score: [1, Number.NaN] }, 'NaN'],
  ['infinity', { score: -Infinity }, 'Infinity'],
  ['nothing at all', undefined, 'undefined'],
  ['a function', () => 1, 'function'],
  ['half of a surrogate pair', { text: 'a\ud83d' }, 'surrogate'],
  ['half of a surrogate pair in a key', { '\ude00': 1 }, 'surrogate'],
])('%s has no canonical JSON', (_, value, problem) => {
  expect(() => canonicalJson(value)).toThrow(TypeError);
  expect(() => canonicalJson(value)).toThrow(problem);
});

test('a text that spells an escape is no surrogate', () => {
  expect(canonicalJson('\\ud800 \\\\ud800')).toBe('"\\\\ud800 \\\\\\\\ud800"');
  expect(canonicalJson('😀')).toBe('"😀"');
});

test('undefined fields are left out, so that optional ones change no key', () => {
  expect(stepKey('step', 1, { a: 1, b: undefined })).toBe(stepKey('step', 1, { a: 1 }));
});
