import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stepRecord, type StepRecord } from '../contract/artifact';
import type { ArtifactStore } from './artifact-store';
import { artifactsPresent } from './artifacts-present';
import { canonicalJson } from './canonical-json';
import { writeOnce } from './write-once';

/**
 * The record of the step with this key, if there is one and every artifact of its output is still in the store.
 * A record that cannot be read is moved to quarantine: the step will be done again.
 */
export async function findStepRecord(store: ArtifactStore, key: string): Promise<StepRecord | null> {
  const path = recordPath(store, key);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const record = parseRecord(text);
  if (record?.key !== key) {
    await store.quarantine(path);
    return null;
  }
  return (await artifactsPresent(store, record.output)) ? record : null;
}

/**
 * Keeps a record if it is the first usable one with its key; one whose artifacts are gone is replaced.
 * @returns the record that is kept: the caller's own (the same object) if it has won.
 */
export async function keepStepRecord(store: ArtifactStore, record: StepRecord): Promise<StepRecord> {
  const path = recordPath(store, record.key);
  const bytes = Buffer.from(canonicalJson(record));
  if (await writeOnce(store.root, path, bytes, true)) return record;
  const first = await findStepRecord(store, record.key);
  if (first) return first;
  await writeOnce(store.root, path, bytes, false);
  return record;
}

function parseRecord(text: string): StepRecord | null {
  try {
    return stepRecord.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function recordPath(store: ArtifactStore, key: string): string {
  return join(store.root, 'steps', key.slice(0, 2), `${key}.json`);
}
