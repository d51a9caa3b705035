import { mkdir, readFile, rename, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { mediaTypes, type ArtifactRef } from '../contract/artifact';
import { canonicalJson } from './canonical-json';
import { ArtifactCorruptError, ArtifactMissingError } from './errors';
import { sha256 } from './step-key';
import { writeOnce } from './write-once';

/** Content-addressed values on a local (or shared) disk. The Python side reads and writes the same layout. */
export class ArtifactStore {
  readonly root: string;

  constructor(root: string) {
    this.root = resolve(root);
  }

  async putBytes(bytes: Uint8Array, mediaType: string): Promise<ArtifactRef> {
    const ref: ArtifactRef = { sha256: sha256(bytes), bytes: bytes.byteLength, mediaType };
    if (!(await this.has(ref))) await writeOnce(this.root, this.objectPath(ref.sha256), bytes, false);
    return ref;
  }

  /** Whether an object of that name and size is there; its hash is checked when it is read. */
  async has(ref: Pick<ArtifactRef, 'sha256' | 'bytes'>): Promise<boolean> {
    try {
      return (await stat(this.objectPath(ref.sha256))).size === ref.bytes;
    } catch {
      return false;
    }
  }

  /** @throws ArtifactMissingError, ArtifactCorruptError */
  async getBytes(hash: string): Promise<Buffer> {
    const path = this.objectPath(hash);
    let bytes: Buffer;
    try {
      bytes = await readFile(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new ArtifactMissingError(hash, this.root);
      throw error;
    }
    const actual = sha256(bytes);
    if (actual !== hash) {
      const aside = join(this.root, 'quarantine', `${hash}-${actual.slice(0, 16)}`);
      await mkdir(join(this.root, 'quarantine'), { recursive: true });
      await rename(path, aside);
      throw new ArtifactCorruptError(hash, actual, aside);
    }
    return bytes;
  }

  putJson(value: unknown): Promise<ArtifactRef> {
    return this.putBytes(Buffer.from(canonicalJson(value)), mediaTypes.json);
  }

  async getJson<S extends z.ZodType>(ref: Pick<ArtifactRef, 'sha256'>, schema: S): Promise<z.infer<S>> {
    return schema.parse(JSON.parse((await this.getBytes(ref.sha256)).toString('utf8')));
  }

  putJsonLines(values: readonly unknown[]): Promise<ArtifactRef> {
    return this.putBytes(
      Buffer.from(values.map((value) => `${canonicalJson(value)}\n`).join('')),
      mediaTypes.jsonLines,
    );
  }

  async getJsonLines<S extends z.ZodType>(ref: Pick<ArtifactRef, 'sha256'>, schema: S): Promise<z.infer<S>[]> {
    const text = (await this.getBytes(ref.sha256)).toString('utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => schema.parse(JSON.parse(line)));
  }

  objectPath(hash: string): string {
    return join(this.root, 'objects', hash.slice(0, 2), hash);
  }
}
