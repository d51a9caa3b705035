import { relative } from 'node:path';
import colours from 'picocolors';
import { ArtifactStore } from '../artifact-store';
import { readEnvironment } from '../config/environment';
import { loadCampaign } from '../config/load-campaign';
import { resolveCampaign } from '../config/resolve-campaign';
import type { CampaignResult } from '../contract/campaign-run';
import type { CostLedger } from '../contract/cost-ledger';
import { askedModels } from '../contract/reward-models-of';
import { readCostLedger } from '../activities/read-cost-ledger';
import { withAllEvaluations } from '../activities/with-all-evaluations';
import { campaignIdOf } from './campaign-id';
import { exitCodes, type ExitCode } from './command-error';
import { followCampaign } from './follow-campaign';
import { keepAdapter } from './keep-adapter';
import { configurationDifference } from './rerun/configuration-difference';
import { describeDifference } from './rerun/describe-difference';
import { dryRun } from './rerun/dry-run';
import { newestRun } from './rerun/newest-run';
import { progressBefore } from './rerun/progress-before';
import { reusedLine } from './rerun/reused-line';
import { resultTables } from './result-tables';
import { runInRuntime } from './run-in-runtime';
import { startCampaign } from './start-campaign';
import { progressLines } from './watch/progress-lines';

export interface RunOptions {
  seed?: number;
  detach?: boolean;
  json?: boolean;
  dryRun?: boolean;
  fromIteration?: number;
}

/** `laser run <file>`: starts what is needed, runs or joins the campaign, and follows it to its end. */
export async function runCampaign(file: string, options: RunOptions): Promise<ExitCode> {
  const environment = readEnvironment();
  const store = new ArtifactStore(environment.LASER_STORE);
  const campaign = await loadCampaign(file, options.seed === undefined ? {} : { seed: options.seed });
  const resolution = await resolveCampaign(file, campaign, store);
  const campaignId = campaignIdOf(campaign, options.seed);
  if (options.dryRun === true) return dryRun(environment, campaignId, resolution.campaign, options.json === true);

  const detach = options.detach === true;
  const { embeddedModels } = resolution;
  const served = { embeddedModels, campaign: { rewardModels: askedModels(resolution.campaign) } };
  return runInRuntime(
    environment,
    { id: campaignId, what: 'campaign', kind: 'Campaign', command: `laser run ${file}`, served, detach },
    async ({ client, say, signal, tellStart, untilBroken }) => {
      const input = { campaignId, campaign: resolution.campaign };
      const newest = await newestRun(client, campaignId);
      const iteration = options.fromIteration;
      const progress =
        iteration === undefined ? undefined : await progressBefore({ client, store, newest, iteration, ...input });
      const started = await startCampaign(client, { ...input, ...(progress && { progress }) });
      const difference = configurationDifference(campaignId, newest, input.campaign);
      if (difference.changes.length > 0) say(describeDifference(difference).join('\n'));
      tellStart(started);
      if (detach) return exitCodes.done;
      const onLine = progressLines(process.stderr, process.stderr);
      const result = await untilBroken(followCampaign(client, started.handle, onLine, signal));
      say(colours.dim(reusedLine(result.totals, progress?.totals)));
      const adapter = await keepAdapter(store, result.policy, environment.LASER_HOME, campaignId);
      const ledger = options.json === true ? await readCostLedger(store, result, resolution.campaign) : null;
      report(ledger === null ? result : await withAllEvaluations(store, result), campaignId, adapter, ledger);
      return exitCodes.done;
    },
  );
}

/** @param ledger null: for people; else as JSON. */
function report(result: CampaignResult, campaignId: string, adapter: string | null, ledger: CostLedger | null): void {
  if (ledger) {
    process.stdout.write(`${JSON.stringify({ campaignId, adapterFolder: adapter, ledger, ...result }, null, 2)}\n`);
    return;
  }
  const lines = ['', resultTables(result), ''];
  if (result.budgetReached) lines.push('The budget is spent. With a larger one, the same command goes on.', '');
  else if (result.status === 'stopped') lines.push('The campaign was stopped; the same command goes on with it.', '');
  if (adapter !== null) lines.push(`Trained adapter (PEFT, safetensors): ${relative(process.cwd(), adapter)}`, '');
  lines.push(
    'Next:',
    '  bin/laser up                          keep everything running, with the Temporal UI to look around in',
    `  bin/laser status ${campaignId.padEnd(20)} where the campaign stands (while it is up)`,
    '  npm start -- --seed 2                 the same campaign with other chances',
    '  README.md, docs/architecture.md       your own models, reward models and data; how it works',
    '',
  );
  process.stdout.write(lines.join('\n'));
}
