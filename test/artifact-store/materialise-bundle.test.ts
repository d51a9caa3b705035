import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, materialiseBundle } from '../../artifact-store';
import { mediaTypes, type ArtifactRef } from '../../contract/artifact';
import { failureTypes } from '../../contract/failure-types';
import { rejection } from '../model-server/against';
import { filesBelow, useTemporaryStore } from './temporary-store';

const store = useTemporaryStore();
const contents = { 'adapter_config.json': '{"r":16}', 'adapter_model.safetensors': 'tensors' };

async function putBundle(files: Record<string, string> = contents): Promise<ArtifactRef> {
  const entries: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(files)) {
    const { sha256, bytes } = await store().putBytes(Buffer.from(text), 'text/plain');
    entries[name] = { sha256, bytes };
  }
  return store().putBytes(Buffer.from(canonicalJson({ files: entries })), mediaTypes.bundle);
}

test('a bundle becomes a folder at a path made of its hash, and stays as it is', async () => {
  const ref = await putBundle();
  const folder = await materialiseBundle(store(), ref);
  expect(folder).toBe(join(store().root, 'bundles', ref.sha256));
  expect(filesBelow(folder)).toEqual(Object.keys(contents));
  for (const [name, text] of Object.entries(contents)) expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  const { ino } = statSync(folder);
  expect(await materialiseBundle(store(), ref)).toBe(folder);
  expect(statSync(folder).ino).toBe(ino);
  expect(filesBelow(join(store().root, 'tmp'))).toEqual([]);
});

test('many at once make one folder', async () => {
  const ref = await putBundle();
  const folders = await Promise.all([1, 2, 3, 4, 5].map(() => materialiseBundle(store(), ref)));
  expect(new Set(folders).size).toBe(1);
  expect(filesBelow(folders[0]!)).toEqual(Object.keys(contents));
  expect(filesBelow(join(store().root, 'tmp'))).toEqual([]);
});

test('a file whose bytes are not what the manifest says is refused, and no folder appears', async () => {
  const ref = await putBundle();
  const { sha256: hash } = await store().putBytes(Buffer.from('tensors'), 'text/plain');
  writeFileSync(store().objectPath(hash), 'tensorz');
  const error = await rejection<Error>(materialiseBundle(store(), ref));
  expect(error).toMatchObject({ type: failureTypes.artifactCorrupt });
  expect(error.message).toContain(hash);
  expect(filesBelow(join(store().root, 'bundles'))).toEqual([]);
  await expect(materialiseBundle(store(), ref)).rejects.toMatchObject({ type: failureTypes.artifactMissing });

  await putBundle();
  expect(filesBelow(await materialiseBundle(store(), ref))).toEqual(Object.keys(contents));
});

test('a folder that somebody changed is never handed out', async () => {
  const ref = await putBundle();
  const folder = await materialiseBundle(store(), ref);
  rmSync(join(folder, 'adapter_model.safetensors'));
  writeFileSync(join(folder, 'adapter_model.safetensors'), 'another');
  expect(await materialiseBundle(store(), ref)).toBe(folder);
  expect(readFileSync(join(folder, 'adapter_model.safetensors'), 'utf8')).toBe('tensors');
  expect(filesBelow(join(store().root, 'quarantine')).map((path) => path.split('/')[1])).toContain(
    'adapter_model.safetensors',
  );

  writeFileSync(join(folder, 'adapter_model.bin'), 'pickle');
  await materialiseBundle(store(), ref);
  expect(filesBelow(folder)).toEqual(Object.keys(contents));
});

test('a change that went through the link into the object itself is refused', async () => {
  const ref = await putBundle();
  const folder = await materialiseBundle(store(), ref);
  chmodSync(join(folder, 'adapter_model.safetensors'), 0o644);
  writeFileSync(join(folder, 'adapter_model.safetensors'), 'another');
  await expect(materialiseBundle(store(), ref)).rejects.toMatchObject({ type: failureTypes.artifactCorrupt });
});

test.each(['../escape', '/etc/passwd', '.hidden', 'a/b', ''])(
  'a manifest with the file name %j is refused',
  async (name) => {
    const ref = await putBundle({ [name]: 'x' });
    await expect(materialiseBundle(store(), ref)).rejects.toMatchObject({ name: 'UnexpectedContentError' });
  },
);
