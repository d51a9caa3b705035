import { artifactText } from '../../cli/show/artifact-text';
import { findArtifact } from '../../cli/show/find-artifact';
import { readArtifact } from '../../cli/show/read-artifact';
import { shownArtifact } from '../../contract/cli-output/inspection';
import type { ArtifactRef } from '../../contract/artifact';
import { useTemporaryStore } from '../artifact-store/temporary-store';

const store = useTemporaryStore();
const read = async ({ sha256 }: ArtifactRef) => shownArtifact.parse(await readArtifact(store(), sha256));

/** A safetensors file: header length, header, data. */
function safetensors(header: object): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(8)]);
}

test('an artifact is shown by what it is', async () => {
  const weights = await store().putBytes(
    safetensors({ __metadata__: { format: 'pt' }, lora_A: { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] } }),
    'application/vnd.safetensors',
  );
  const { bytes, sha256 } = weights;
  expect((await read(weights)).content).toEqual({
    type: 'safetensors',
    metadata: { format: 'pt' },
    tensors: { lora_A: { dtype: 'F32', shape: [1, 2] } },
  });
  const bundle = await read(await store().putJson({ files: { 'adapter_model.safetensors': { sha256, bytes } } }));
  expect(artifactText(bundle)).toMatch(
    new RegExp(`a folder of 1 files, \\d+ bytes\\n  adapter_model.safetensors +${sha256}`),
  );
  expect((await read(await store().putJson({ values: [1] }))).content).toEqual({
    type: 'json',
    value: { values: [1] },
  });
  expect((await read(await store().putJsonLines([{ a: 1 }, { a: 2 }]))).content).toEqual({
    type: 'jsonLines',
    values: [{ a: 1 }, { a: 2 }],
  });
  expect(artifactText(await read(await store().putBytes(Buffer.from('\u0001'), 'x/y')))).toContain(
    'no form that is known',
  );
});

test('the beginning of a name is enough if there is but one', async () => {
  const { sha256 } = await store().putJson({ only: 1 });
  expect(await findArtifact(store(), sha256.slice(0, 8))).toBe(sha256);
  const twin = `${sha256.slice(0, 63)}${sha256.endsWith('0') ? '1' : '0'}`;
  const { copyFileSync } = await import('node:fs');
  copyFileSync(store().objectPath(sha256), store().objectPath(twin));
  await expect(findArtifact(store(), sha256.slice(0, 8))).rejects.toThrow(
    /^2 artifacts begin with .* Give more digits\.$/,
  );
});
