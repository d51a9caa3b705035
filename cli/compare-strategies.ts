import { join, relative } from 'node:path';
import { ArtifactStore } from '../artifact-store';
import { readEnvironment } from '../config/environment';
import { loadComparison } from '../config/load-comparison';
import { resolveComparison } from '../config/resolve-comparison';
import type { CompareOutput } from '../contract/cli-output/comparison';
import { comparisonResult } from '../contract/comparison-result';
import { exitCodes, type ExitCode } from './command-error';
import { comparisonText } from './compare/comparison-text';
import { dryRun, dryRunText } from './compare/dry-run';
import { followComparison } from './compare/follow-comparison';
import { startComparison } from './compare/start-comparison';
import { writeResults } from './compare/write-results';
import { printOutput } from './print-output';
import { runInRuntime } from './run-in-runtime';

export interface CompareOptions {
  output?: string;
  detach?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** `laser compare <file>`: starts or joins a comparison, follows it, writes and prints its tables. */
export async function compareStrategies(file: string, options: CompareOptions): Promise<ExitCode> {
  const environment = readEnvironment();
  const store = new ArtifactStore(environment.LASER_STORE);
  const loaded = await loadComparison(file);
  const { plan, embeddedModels, rewardModels } = await resolveComparison(file, loaded, store);
  if (options.dryRun === true) {
    printOutput(dryRun(plan), options.json, dryRunText);
    return exitCodes.done;
  }
  const { name: comparisonId, seeds, concurrency, campaignsPerRun } = loaded.comparison;
  const command = `laser compare ${file}`;
  const detach = options.detach === true;
  const served = { embeddedModels, campaign: { rewardModels } };
  return runInRuntime(
    environment,
    { id: comparisonId, what: 'comparison', kind: 'Campaign', command, served, detach },
    async ({ client, say, signal, tellStart, untilBroken }) => {
      const started = await startComparison(client, {
        ...{ comparisonId, seeds, concurrency, campaignsPerRun },
        plan: await store.putJson(plan),
        strategies: plan.strategies.map(({ name }) => name),
      });
      tellStart(started);
      if (detach) return exitCodes.done;
      const outcome = await untilBroken(followComparison(client, started.handle, say, signal));
      const result = await store.getJson(outcome.result, comparisonResult);
      const folder = options.output ?? join(environment.LASER_HOME, 'comparisons', comparisonId);
      await writeResults(folder, result, command);
      const output: CompareOutput = { status: outcome.status, folder, result };
      printOutput(output, options.json, () => `\n${comparisonText(result)}\n`);
      say(`All tables, by category, step and compute: ${relative('.', join(folder, 'result.md'))}`);
      const failed = outcome.runs.some(({ status }) => status === 'failed');
      return failed ? exitCodes.failed : exitCodes.done;
    },
  );
}
