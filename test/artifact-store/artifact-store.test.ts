import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../../artifact-store';
import { failureTypes } from '../../contract/failure-types';
import { rejection } from '../model-server/against';
import { filesBelow, useTemporaryStore } from './temporary-store';

const store = useTemporaryStore();
const numbers = z.strictObject({ values: z.array(z.number()) });

test('a value is named by its bytes and comes back equal', async () => {
  const ref = await store().putJson({ values: [1, 0.1, 1e-7] });
  expect(ref).toEqual({ sha256: sha256('{"values":[1,0.1,1e-7]}'), bytes: 23, mediaType: 'application/json' });
  expect(await store().getJson(ref, numbers)).toEqual({ values: [1, 0.1, 1e-7] });
  expect(filesBelow(store().root)).toEqual([join('objects', ref.sha256.slice(0, 2), ref.sha256)]);
});

test('lines come back in order; no lines are no bytes', async () => {
  const ref = await store().putJsonLines([{ values: [1] }, { values: [] }]);
  expect(readFileSync(store().objectPath(ref.sha256), 'utf8')).toBe('{"values":[1]}\n{"values":[]}\n');
  expect(await store().getJsonLines(ref, numbers)).toEqual([{ values: [1] }, { values: [] }]);
  expect(await store().putJsonLines([])).toMatchObject({ bytes: 0 });
});

test('what is not there is named, with the store and what to do', async () => {
  const error = await rejection<Error>(store().getBytes('0'.repeat(64)));
  expect(error).toMatchObject({ name: 'ArtifactMissingError', type: failureTypes.artifactMissing });
  expect(error.message).toContain('0'.repeat(64));
  expect(error.message).toContain(store().root);
  expect(error.message).toContain('LASER_HOME');
});

test('a bit flip is found: both hashes are named and the file is moved aside', async () => {
  const ref = await store().putBytes(Buffer.from('weights'), 'text/plain');
  writeFileSync(store().objectPath(ref.sha256), 'weighty');
  const error = await rejection<Error>(store().getBytes(ref.sha256));
  expect(error).toMatchObject({ name: 'ArtifactCorruptError', type: failureTypes.artifactCorrupt });
  expect(error.message).toContain(ref.sha256);
  expect(error.message).toContain(sha256('weighty'));
  const [aside] = filesBelow(join(store().root, 'quarantine'));
  expect(error.message).toContain(join(store().root, 'quarantine', aside!));
  expect(readFileSync(join(store().root, 'quarantine', aside!), 'utf8')).toBe('weighty');

  expect(await store().has(ref)).toBe(false);
  await store().putBytes(Buffer.from('weights'), 'text/plain');
  expect((await store().getBytes(ref.sha256)).toString()).toBe('weights');
});

test('readers that find the same corruption at once all say so', async () => {
  const ref = await store().putBytes(Buffer.from('weights'), 'text/plain');
  appendFileSync(store().objectPath(ref.sha256), '!');
  const errors = await Promise.all([1, 2, 3, 4].map(() => rejection<Error>(store().getBytes(ref.sha256))));
  for (const { name } of errors) expect(['ArtifactCorruptError', 'ArtifactMissingError']).toContain(name);
  expect(errors[0]!.name).toBe('ArtifactCorruptError');
  expect(filesBelow(join(store().root, 'quarantine'))).toHaveLength(1);
});

test('a truncated object counts as absent and is written again', async () => {
  const ref = await store().putBytes(Buffer.from('weights'), 'text/plain');
  truncateSync(store().objectPath(ref.sha256), 3);
  expect(await store().has(ref)).toBe(false);
  await store().putBytes(Buffer.from('weights'), 'text/plain');
  expect((await store().getBytes(ref.sha256)).toString()).toBe('weights');
});

test('content of another shape is told by artifact, line and field, and is no corruption', async () => {
  const ref = await store().putJsonLines([{ values: [1] }, { values: ['one'] }]);
  const error = await rejection<Error>(store().getJsonLines(ref, numbers));
  expect(error).toMatchObject({ name: 'UnexpectedContentError', type: failureTypes.artifactCorrupt });
  expect(error.message).toMatch(new RegExp(`${ref.sha256}.*in line 2.*values\\[0\\]`, 's'));
  expect(existsSync(join(store().root, 'quarantine'))).toBe(false);

  const text = await store().putBytes(Buffer.from('plain'), 'text/plain');
  await expect(store().getJson(text, numbers)).rejects.toThrow(/does not hold what is expected: .*JSON/);
});
