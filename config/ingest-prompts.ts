import type { ArtifactStore } from '../artifact-store';
import type { ArtifactRef } from '../contract/artifact';
import type { PromptRecord } from '../contract/round';
import { CampaignFileError } from './campaign-file-error';
import { readLines, type Line } from './read-lines';
import { readPrompt, type PromptReading } from './read-prompt';

/** Longest line that is read as data, bytes. */
const maxLineBytes = 1_000_000;
const shownProblems = 10;

export interface PromptSource extends PromptReading {
  /** Path of the JSON-lines file. */
  file: string;
  limit?: number | undefined;
}

export interface IngestedPrompts {
  ref: ArtifactRef;
  records: PromptRecord[];
}

/**
 * Reads a data file into a prompts artifact. Byte-order mark, CRLF and blank lines are fine; every bad line is named.
 * @throws CampaignFileError
 */
export async function ingestPrompts(store: ArtifactStore, source: PromptSource): Promise<IngestedPrompts> {
  const { file, limit = Infinity } = source;
  const problems: string[] = [];
  const lineOf = new Map<string, number>();
  const records: PromptRecord[] = [];
  try {
    for await (const line of readLines(file, maxLineBytes)) {
      if (records.length >= limit || problems.length >= shownProblems) break;
      try {
        const record = readLine(line, source);
        if (record === null) continue;
        const earlier = lineOf.get(record.promptId);
        if (earlier !== undefined)
          throw new Error(`repeats ${repeated(record, source)} of line ${earlier}; leave one out`);
        lineOf.set(record.promptId, line.number);
        records.push(record);
      } catch (error) {
        problems.push(`line ${line.number} ${(error as Error).message}`);
      }
    }
  } catch (error) {
    throw new CampaignFileError(file, [
      `cannot be read (${(error as Error).message}); correct data in the campaign file`,
    ]);
  }
  if (problems.length > 0) throw new CampaignFileError(file, problems);
  if (records.length === 0) throw new CampaignFileError(file, ['has no prompts; give one JSON object a line']);
  return { ref: await store.putJsonLines(records), records };
}

/** null for a blank line. */
function readLine({ bytes }: Line, source: PromptSource): PromptRecord | null {
  if (bytes === null) throw new Error(`is longer than ${maxLineBytes} bytes; cut it or leave it out`);
  const text = decode(bytes).trim();
  if (text === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`is not JSON (${(error as Error).message}); give one JSON object a line`, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('is not a JSON object; give one such as {"prompt": "…", "answer": "…"}');
  }
  return readPrompt(value as Record<string, unknown>, source);
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error('is not UTF-8; save the file as UTF-8', { cause: error });
  }
}

function repeated({ promptId }: PromptRecord, { data }: PromptSource): string {
  return data.fields.promptId === undefined ? 'the prompt' : `the id "${promptId}"`;
}
