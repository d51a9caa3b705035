import { cp, mkdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import colours from 'picocolors';
import { ArtifactStore, materialiseBundle } from '../artifact-store';
import { readEnvironment, type Environment } from '../config/environment';
import { CampaignFileError, loadCampaign } from '../config/load-campaign';
import { resolveCampaign, type Resolution } from '../config/resolve-campaign';
import type { CampaignResult } from '../contract/campaign-run';
import { campaignIdOf } from './campaign-id';
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { describeFailure } from './describe-failure';
import { ensureRuntime } from './ensure-runtime';
import { followCampaign } from './follow-campaign';
import { resultTables } from './result-tables';
import { startCampaign } from './start-campaign';
import { connectClient } from './temporal-client';

export interface RunOptions {
  seed?: number;
  detach?: boolean;
  json?: boolean;
}

/** `laser run <file>`: starts what is needed, runs or joins the campaign, and follows it to its end. */
export async function runCampaign(file: string, options: RunOptions): Promise<ExitCode> {
  const environment = readEnvironment();
  const store = new ArtifactStore(environment.LASER_STORE);
  const { campaignId, resolution } = await prepare(file, options, store);
  const say = (message: string) => void process.stderr.write(`${message}\n`);

  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  process.once('SIGTERM', () => interrupt.abort());
  const runtime = await ensureRuntime(environment, resolution, (message) => say(colours.dim(message)));
  try {
    const client = await connectClient({ ...environment, TEMPORAL_ADDRESS: runtime.temporalAddress });
    const input = { campaignId, campaign: resolution.campaign };
    const { handle, attached } = await startCampaign(client, input);
    say(`Campaign ${colours.bold(campaignId)} ${attached ? 'is joined' : 'has started'}${urlOf(runtime.uiUrl, handle.workflowId)}`);
    if (options.detach === true) return exitCodes.done;
    const result = await Promise.race([
      runtime.failed,
      followCampaign(client, handle, (line) => say(line), interrupt.signal),
    ]);
    await report(result, campaignId, environment, store, options);
    return exitCodes.done;
  } catch (error) {
    if (interrupt.signal.aborted) {
      say(`\nInterrupted. Nothing is lost: \`bin/laser run ${file}\` goes on where the campaign is.`);
      return exitCodes.interrupted;
    }
    throw new CommandError(describeFailure(campaignId, error), exitCodes.failed);
  } finally {
    await runtime.stop();
  }
}

async function prepare(file: string, options: RunOptions, store: ArtifactStore) {
  try {
    const campaign = await loadCampaign(file, options.seed === undefined ? {} : { seed: options.seed });
    const resolution: Resolution = await resolveCampaign(file, campaign, store);
    return { campaignId: campaignIdOf(campaign, options.seed), resolution };
  } catch (error) {
    if (error instanceof CampaignFileError) throw new CommandError(error.message, exitCodes.usage);
    throw error;
  }
}

async function report(
  result: CampaignResult,
  campaignId: string,
  environment: Environment,
  store: ArtifactStore,
  options: RunOptions,
): Promise<void> {
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ campaignId, ...result }, null, 2)}\n`);
    return;
  }
  const lines = ['', resultTables(result), ''];
  if (result.policy.adapter) {
    const folder = join(environment.LASER_HOME, 'campaigns', campaignId, 'adapter');
    await rm(folder, { recursive: true, force: true });
    await mkdir(join(folder, '..'), { recursive: true });
    await cp(await materialiseBundle(store, result.policy.adapter), folder, { recursive: true });
    lines.push(`Trained adapter (PEFT, safetensors): ${relative(process.cwd(), folder)}`, '');
  }
  lines.push(
    'Next:',
    '  bin/laser up                          keep everything running, with the Temporal UI to look around in',
    `  bin/laser status ${campaignId.padEnd(20)}  where the campaign stands`,
    '  npm start -- --seed 2                 the same campaign with other chances',
    '  docs/architecture.md, README.md       how it works; your own models, reward models and data',
    '',
  );
  process.stdout.write(lines.join('\n'));
}

function urlOf(uiUrl: string | null, workflowId: string): string {
  return uiUrl === null ? '' : `: ${uiUrl}/${encodeURIComponent(workflowId)}`;
}
