import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ArtifactStore } from '../artifact-store';
import { readEnvironment } from '../config/environment';
import type { CampaignReport } from '../contract/campaign-report';
import { buildCampaignReport, renderHtml, renderMarkdown } from '../report';
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { findCampaign } from './find-campaign';
import { collectReport } from './report/collect-report';
import { connectClient } from './temporal-client';

export interface ReportOptions {
  out?: string;
  format?: string;
  json?: boolean;
}

const renderers: Record<string, (report: CampaignReport) => string> = {
  html: renderHtml,
  md: renderMarkdown,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
};

/** `laser report <campaign>`: what it came to so far, as files or as JSON on stdout. */
export async function reportCampaign(campaignId: string, { out, format, json }: ReportOptions): Promise<ExitCode> {
  const formats = parseFormats(format);
  const environment = readEnvironment();
  const client = await connectClient(environment);
  const found = await findCampaign(client, campaignId);
  const store = new ArtifactStore(environment.LASER_STORE);
  const report = buildCampaignReport(await namingTheStore(collectReport(client, store, found)));
  if (json === true) {
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return exitCodes.done;
  }
  const folder = out ?? join(environment.LASER_HOME, 'reports', found.campaignId);
  await mkdir(folder, { recursive: true });
  for (const extension of formats) {
    const file = join(folder, `report.${extension}`);
    await writeWhole(file, renderers[extension]!(report));
    process.stdout.write(`${relative(process.cwd(), file)}\n`);
  }
  return exitCodes.done;
}

function parseFormats(text: string | undefined): string[] {
  const known = Object.keys(renderers);
  const wanted = text === undefined ? known : [...new Set(text.split(',').map((part) => part.trim()))];
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length === 0) return wanted;
  throw new CommandError(
    `"${unknown.join(', ')}" is no format of a report; give one or more of ${known.join(', ')}, with commas between.`,
    exitCodes.usage,
  );
}

/** A report that is being looked at is replaced at once, never half. */
async function writeWhole(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, text);
  await rename(fresh, file);
}

/** A store without the campaign's artifacts is no fault of the report. */
async function namingTheStore<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== 'ArtifactMissingError') throw error;
    throw new CommandError(message, exitCodes.environment);
  }
}
