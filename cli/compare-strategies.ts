import { join, relative } from 'node:path';
import colours from 'picocolors';
import { ArtifactStore } from '../artifact-store';
import { readEnvironment } from '../config/environment';
import { loadComparison } from '../config/load-comparison';
import { resolveComparison } from '../config/resolve-comparison';
import type { CompareOutput } from '../contract/cli-output/comparison';
import { comparisonResult } from '../contract/comparison-result';
import { CommandError, exitCodes, type ExitCode } from './command-error';
import { comparisonText } from './compare/comparison-text';
import { dryRun, dryRunText } from './compare/dry-run';
import { followComparison } from './compare/follow-comparison';
import { startComparison } from './compare/start-comparison';
import { writeResults } from './compare/write-results';
import { describeFailure } from './describe-failure';
import { ensureRuntime } from './ensure-runtime';
import { printOutput } from './print-output';
import { connectClient } from './temporal-client';

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
  const say = (message: string) => void process.stderr.write(`${message}\n`);
  if (options.dryRun === true) {
    printOutput(dryRun(plan), options.json, dryRunText);
    return exitCodes.done;
  }
  const { name: comparisonId, seeds, concurrency, campaignsPerRun } = loaded.comparison;
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  process.once('SIGTERM', () => interrupt.abort());
  const runtime = await ensureRuntime(
    environment,
    { embeddedModels, askedModels: rewardModels },
    { mayStart: options.detach !== true, onMessage: (message) => say(colours.dim(message)) },
  );
  try {
    const client = await connectClient({ ...environment, TEMPORAL_ADDRESS: runtime.temporalAddress });
    const { handle, runId, attached } = await startComparison(client, {
      ...{ comparisonId, seeds, concurrency, campaignsPerRun },
      plan: await store.putJson(plan),
      strategies: plan.strategies.map(({ name }) => name),
    });
    const url = runtime.uiUrl === null ? '' : `: ${runtime.uiUrl}/${encodeURIComponent(handle.workflowId)}/${runId}`;
    say(`Comparison ${colours.bold(comparisonId)} ${attached ? 'is joined' : 'has started'}${url}`);
    if (options.detach === true) return exitCodes.done;
    const outcome = await Promise.race([runtime.failed, followComparison(client, handle, say, interrupt.signal)]);
    const result = await store.getJson(outcome.result, comparisonResult);
    const folder = options.output ?? join(environment.LASER_HOME, 'comparisons', comparisonId);
    await writeResults(folder, result, `laser compare ${file}`);
    const output: CompareOutput = { status: outcome.status, folder, result };
    printOutput(output, options.json, () => `\n${comparisonText(result)}\n`);
    say(`All tables, by category, step and compute: ${relative('.', join(folder, 'result.md'))}`);
    const failed = outcome.runs.some(({ status }) => status === 'failed');
    return failed ? exitCodes.failed : exitCodes.done;
  } catch (error) {
    if (interrupt.signal.aborted) {
      say(`\nInterrupted. Nothing is lost: \`bin/laser compare ${file}\` goes on where the comparison is.`);
      return exitCodes.interrupted;
    }
    if (error instanceof CommandError) throw error;
    throw new CommandError(describeFailure(comparisonId, error), exitCodes.failed);
  } finally {
    await runtime.stop();
  }
}
