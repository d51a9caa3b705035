import { readFile } from 'node:fs/promises';
import type { ArtifactStore } from '../artifact-store';
import { canonicalJson, sha256 } from '../artifact-store';
import type { ArtifactRef } from '../contract/artifact';
import type { Campaign } from '../contract/campaign';
import type { PromptRecord } from '../contract/round';
import { CampaignFileError } from './load-campaign';

/** Longest line that is read as data, characters. */
const maxLineLength = 1_000_000;

export interface PromptSource {
  /** Path of the JSON-lines file. */
  file: string;
  data: Campaign['data'];
  limit?: number | undefined;
  answersNeeded: boolean;
}

/**
 * Reads a data file into a prompts artifact. Byte-order mark, CRLF and blank lines are fine; every bad line is named.
 * @throws CampaignFileError
 */
export async function ingestPrompts(store: ArtifactStore, source: PromptSource): Promise<ArtifactRef> {
  const { file, limit } = source;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new CampaignFileError(file, [`cannot be read (${(error as Error).message}); the campaign’s data names it`]);
  }
  const problems: string[] = [];
  const seen = new Map<string, number>();
  const records: PromptRecord[] = [];
  for (const [index, raw] of text.replace(/^\uFEFF/, '').split('\n').entries()) {
    const line = raw.trim();
    if (line === '') continue;
    if (limit !== undefined && records.length >= limit) break;
    try {
      const record = readLine(line, source);
      const earlier = seen.get(record.promptId);
      if (earlier !== undefined) throw new Error(`has the same id "${record.promptId}" as line ${earlier}`);
      seen.set(record.promptId, index + 1);
      records.push(record);
    } catch (error) {
      problems.push(`line ${index + 1} ${(error as Error).message}`);
      if (problems.length >= 10) break;
    }
  }
  if (problems.length > 0) throw new CampaignFileError(file, problems);
  if (records.length === 0) throw new CampaignFileError(file, ['has no prompts; give one JSON object a line']);
  return store.putJsonLines(records);
}

function readLine(line: string, { data, answersNeeded }: PromptSource): PromptRecord {
  if (line.length > maxLineLength) throw new Error(`is longer than ${maxLineLength} characters`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Error(`is not JSON: ${(error as Error).message}`, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('is not a JSON object');
  const fields = value as Record<string, unknown>;
  const { fields: names, template, answerPattern } = data;
  const question = fields[names.prompt];
  if (typeof question !== 'string' || question.trim() === '') {
    throw new Error(`has no text in "${names.prompt}" (it has ${Object.keys(fields).join(', ')}); set data.fields.prompt`);
  }
  const prompt = template.replace('{prompt}', () => question).toWellFormed();
  const answer = readAnswer(fields[names.answer], answerPattern);
  if (answer === undefined && answersNeeded) {
    throw new Error(`has no answer in "${names.answer}"${answerPattern === undefined ? '' : ` that matches ${answerPattern}`}`);
  }
  const category = fields[names.category];
  return {
    promptId: names.promptId === undefined ? sha256(canonicalJson(prompt)).slice(0, 16) : String(fields[names.promptId]),
    prompt,
    ...(answer !== undefined && { answer }),
    ...(category !== undefined && { category: String(category) }),
  };
}

function readAnswer(value: unknown, pattern: string | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = String(value);
  if (pattern === undefined) return text;
  const match = new RegExp(pattern).exec(text);
  return match ? (match[1] ?? match[0]) : undefined;
}
