import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, stat, utimes } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { mediaTypes, type ArtifactRef } from '../contract/artifact';
import { canonicalJson } from './canonical-json';
import { ArtifactCorruptError, ArtifactMissingError, UnexpectedContentError } from './errors';
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
    if (await this.has(ref)) await this.markUsed(ref.sha256);
    else await writeOnce(this.root, this.objectPath(ref.sha256), bytes, false);
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
    if (actual !== hash) throw new ArtifactCorruptError(hash, actual, await this.quarantine(path));
    return bytes;
  }

  putJson(value: unknown): Promise<ArtifactRef> {
    return this.putBytes(Buffer.from(canonicalJson(value)), mediaTypes.json);
  }

  /** @throws ArtifactMissingError, ArtifactCorruptError, UnexpectedContentError */
  async getJson<S extends z.ZodType>({ sha256: hash }: Pick<ArtifactRef, 'sha256'>, schema: S): Promise<z.infer<S>> {
    return read((await this.getBytes(hash)).toString('utf8'), schema, hash);
  }

  putJsonLines(values: readonly unknown[]): Promise<ArtifactRef> {
    const text = values.map((value) => `${canonicalJson(value)}\n`).join('');
    return this.putBytes(Buffer.from(text), mediaTypes.jsonLines);
  }

  /** @throws ArtifactMissingError, ArtifactCorruptError, UnexpectedContentError */
  async getJsonLines<S extends z.ZodType>(
    { sha256: hash }: Pick<ArtifactRef, 'sha256'>,
    schema: S,
  ): Promise<z.infer<S>[]> {
    const lines = (await this.getBytes(hash)).toString('utf8').split('\n');
    return lines.flatMap((line, index) => (line === '' ? [] : [read(line, schema, hash, ` in line ${index + 1}`)]));
  }

  /** Makes an object young again, as sweepStore goes by age. One of another user stays as it is. */
  private async markUsed(hash: string): Promise<void> {
    const now = new Date();
    await utimes(this.objectPath(hash), now, now).catch(() => undefined);
  }

  objectPath(hash: string): string {
    return join(this.root, 'objects', hash.slice(0, 2), hash);
  }

  /** Moves a file or folder that cannot be trusted out of the way, for inspection. @returns where it is to be found. */
  async quarantine(path: string): Promise<string> {
    const folder = join(this.root, 'quarantine');
    const aside = join(folder, `${basename(path)}-${randomUUID()}`);
    await mkdir(folder, { recursive: true });
    try {
      await rename(path, aside);
      return aside;
    } catch (error) {
      // Another process has seen the same and moved it first.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return folder;
      throw error;
    }
  }
}

function read<S extends z.ZodType>(text: string, schema: S, hash: string, where = ''): z.infer<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UnexpectedContentError(hash, where, (error as Error).message);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new UnexpectedContentError(hash, where, z.prettifyError(parsed.error));
  return parsed.data;
}
