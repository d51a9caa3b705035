import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepRecord } from '../contract/artifact';
import type { ArtifactStore } from './artifact-store';
import { canonicalJson } from './canonical-json';
import { stepKey } from './step-key';
import { findStepRecord, keepStepRecord } from './step-records';

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

/** `seconds` is what the step took when it was first done; `reused` that the output is one recorded by somebody else. */
export type StepOutcome<Output> = Output & { seconds: number; reused: boolean };

/**
 * Does a step once: if its key has a record, that is the answer; else the work is done, its artifacts are in the store
 * before the record is, and the first record wins. So a retry after a lost reply, a rerun of a campaign and another
 * campaign with the same inputs all get the same output. A record whose artifacts are gone counts for nothing.
 */
export async function runStep<Output extends object>(
  store: ArtifactStore,
  step: Step<Output>,
): Promise<StepOutcome<Output>> {
  const key = stepKey(step.name, step.version, step.inputs);
  const known = await findStepRecord(store, key);
  if (known) return recorded<Output>(known);

  const start = process.hrtime.bigint();
  const output = await step.work();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;

  const own: StepRecord = { key, step: step.name, version: step.version, output: output as never, seconds };
  const kept = await keepStepRecord(store, own);
  const won = kept === own;
  // Two lines with one key are work that was done twice; each but one says "won": false.
  const line = canonicalJson({ key, step: step.name, label: step.label, seconds, won });
  await appendFile(join(store.root, 'journal.jsonl'), `${line}\n`);
  return won ? { ...output, seconds, reused: false } : recorded<Output>(kept);
}

function recorded<Output>({ output, seconds }: StepRecord): StepOutcome<Output> {
  return { ...(output as Output), seconds, reused: true };
}
