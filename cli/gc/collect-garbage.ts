import { ArtifactStore, sweepStore } from '../../artifact-store';
import { readEnvironment } from '../../config/environment';
import type { GcOutput } from '../../contract/cli-output/machine';
import { exitCodes, type ExitCode } from '../command-error';
import { printOutput } from '../print-output';
import { parseDuration } from '../schedule/parse-duration';
import { connectClient } from '../temporal-client';
import { campaignRoots } from './campaign-roots';

export interface GcOptions {
  dryRun?: boolean;
  olderThan: string;
  json?: boolean;
}

/** `laser gc`: what the campaigns of this namespace need stays; a store is for one namespace. */
export async function collectGarbage({ dryRun, olderThan, json }: GcOptions): Promise<ExitCode> {
  const age = parseDuration('--older-than', olderThan);
  const environment = readEnvironment();
  const client = await connectClient(environment);
  const store = new ArtifactStore(environment.LASER_STORE);
  let campaigns = 0;
  const sweep = await sweepStore(store, {
    since: Date.now() - age,
    dryRun: dryRun ?? false,
    roots: async () => {
      const roots = await campaignRoots(client);
      campaigns = roots.campaigns;
      return roots.hashes;
    },
  });
  const output: GcOutput = { dryRun: dryRun ?? false, olderThanSeconds: age / 1000, campaigns, ...sweep };
  printOutput(output, json, gcText);
  return exitCodes.done;
}

function gcText({ dryRun, campaigns, kept, deleted }: GcOutput): string {
  return [
    `${dryRun ? 'Would delete' : 'Deleted'} ${deleted.artifacts} artifacts (${size(deleted.bytes)}), ` +
      `${deleted.stepRecords} step records, ${deleted.folders} adapter folders, ${deleted.leftovers} leftovers.`,
    `Kept ${kept.artifacts} artifacts (${size(kept.bytes)}): ${campaigns} campaigns are listed.`,
  ].join('\n');
}

function size(bytes: number): string {
  const [unit, name] = bytes >= 2 ** 30 ? [2 ** 30, 'GiB'] : [2 ** 20, 'MiB'];
  return `${(bytes / unit).toFixed(1)} ${name}`;
}
