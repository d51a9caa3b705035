import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stepRecord, type StepRecord } from '../contract/artifact';
import type { ArtifactStore } from './artifact-store';
import { artifactsPresent } from './artifacts-present';
import { canonicalJson } from './canonical-json';
import { stepKey } from './step-key';
import { writeOnce } from './write-once';

export interface Step<Output> {
  name: string;
  /** Raised when the same inputs must give another output. */
  version: number;
  /** All that determines the output; no clock, machine, path or address. */
  inputs: unknown;
  /** Where in a campaign this is; for the journal only. */
  label: unknown;
  work: () => Promise<Output>;
}

/** `seconds` is what the step took when it was first done; `reused` that it was not done now. */
export type StepOutcome<Output> = Output & { seconds: number; reused: boolean };

/**
 * Does a step once: if its key has a record, that is the answer; else the work is done, its artifacts are in the store
 * before the record is, and the first record wins. So a retry after a lost reply, a rerun of a campaign and another
 * campaign with the same inputs all get the same output.
 */
export async function runStep<Output extends object>(
  store: ArtifactStore,
  step: Step<Output>,
): Promise<StepOutcome<Output>> {
  const key = stepKey(step.name, step.version, step.inputs);
  const known = await readStepRecord(store, key);
  if (known && (await artifactsPresent(store, known.output))) {
    return { ...(known.output as Output), seconds: known.seconds, reused: true };
  }

  const start = process.hrtime.bigint();
  const output = await step.work();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;

  const line = canonicalJson({ key, step: step.name, label: step.label, seconds });
  await mkdir(store.root, { recursive: true });
  await appendFile(join(store.root, 'journal.jsonl'), `${line}\n`);
  const record: StepRecord = { key, step: step.name, version: step.version, output: output as never, seconds };
  const written = await writeOnce(store.root, recordPath(store, key), Buffer.from(canonicalJson(record)), true);
  if (written) return { ...output, seconds, reused: false };
  const first = await readStepRecord(store, key);
  if (!first) throw new Error(`The record of step ${step.name} (${key}) vanished while it was read; run it again.`);
  return { ...(first.output as Output), seconds: first.seconds, reused: true };
}

async function readStepRecord(store: ArtifactStore, key: string): Promise<StepRecord | null> {
  try {
    return stepRecord.parse(JSON.parse(await readFile(recordPath(store, key), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function recordPath(store: ArtifactStore, key: string): string {
  return join(store.root, 'steps', key.slice(0, 2), `${key}.json`);
}
