import { z } from 'zod';
import type { ArtifactStore } from '../artifact-store';
import type { ArtifactRef } from '../contract/artifact';
import { labelledPreference, type LabelledPreference } from '../contract/labelled-preference';
import { CampaignFileError } from './campaign-file-error';
import { readLines } from './read-lines';

const maxLineBytes = 1_000_000;
const shownProblems = 10;
/** Other fields of a line are let be. */
const line = z.object(labelledPreference.shape);

/**
 * Reads a file of labelled preferences into an artifact; every bad line is named.
 * @param template of the campaign's prompts; put around these too.
 * @throws CampaignFileError
 */
export async function ingestLabelled(store: ArtifactStore, file: string, template: string): Promise<ArtifactRef> {
  const problems: string[] = [];
  const records: LabelledPreference[] = [];
  try {
    for await (const { bytes, number } of readLines(file, maxLineBytes)) {
      if (problems.length >= shownProblems) break;
      const text = bytes?.toString('utf8').trim();
      if (text === '') continue;
      const problem = text === undefined ? `is longer than ${maxLineBytes} bytes` : read(text, template, records);
      if (problem !== null) problems.push(`line ${number} ${problem}`);
    }
  } catch (error) {
    throw new CampaignFileError(file, [
      `cannot be read (${(error as Error).message}); correct labelled in the campaign file`,
    ]);
  }
  if (problems.length > 0) throw new CampaignFileError(file, problems);
  if (records.length === 0) throw new CampaignFileError(file, ['has no preferences; give one JSON object a line']);
  return store.putJsonLines(records);
}

/** Adds the line's preference; what is wrong with it, or null. */
function read(text: string, template: string, records: LabelledPreference[]): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `is not JSON (${(error as Error).message})`;
  }
  const parsed = line.safeParse(value);
  if (!parsed.success) return `is no { prompt, chosen, rejected, category? }: ${z.prettifyError(parsed.error)}`;
  if (parsed.data.chosen === parsed.data.rejected) return 'has one text as chosen and rejected; give two';
  const { prompt, chosen, rejected, category } = parsed.data;
  records.push({
    prompt: template.replace('{prompt}', () => prompt.toWellFormed()),
    ...{ chosen: chosen.toWellFormed(), rejected: rejected.toWellFormed() },
    ...(category !== undefined && { category }),
  });
  return null;
}
