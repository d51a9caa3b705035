import { join, relative } from 'node:path';
import { ArtifactStore } from '../artifact-store';
import { readEnvironment } from '../config/environment';
import { loadBestOfN } from '../config/load-best-of-n';
import { resolveBestOfN } from '../config/resolve-best-of-n';
import { bestOfNResult } from '../contract/best-of-n-result';
import type { BestOfNOutput } from '../contract/cli-output/best-of-n';
import { bestOfNText } from './best-of-n/best-of-n-text';
import { findLearned } from './best-of-n/find-learned';
import { followBestOfN } from './best-of-n/follow-best-of-n';
import { startBestOfN } from './best-of-n/start-best-of-n';
import { writeBestOfN } from './best-of-n/write-best-of-n';
import { exitCodes, type ExitCode } from './command-error';
import { printOutput } from './print-output';
import { runInRuntime } from './run-in-runtime';

export interface BestOfNOptions {
  completions?: number;
  prompts?: string;
  limit?: number;
  output?: string;
  detach?: boolean;
  json?: boolean;
}

/** `laser best-of-n <file>`: starts or joins a best-of-n, follows it, writes and prints what came of it. */
export async function answerBestOfN(file: string, options: BestOfNOptions): Promise<ExitCode> {
  const environment = readEnvironment();
  const store = new ArtifactStore(environment.LASER_STORE);
  const { completions: completionsPerPrompt, prompts, limit } = options;
  const loaded = await loadBestOfN(file, { completionsPerPrompt, prompts, limit });
  const { bestOfN, embeddedModels } = await resolveBestOfN(loaded, store);
  const { name: id } = bestOfN;
  const detach = options.detach === true;
  const served = { embeddedModels, campaign: bestOfN };
  return runInRuntime(
    environment,
    { id, what: 'best-of-n', kind: 'Best-of-n', command: `laser best-of-n ${file}`, served, detach },
    async ({ client, say, signal, tellStart, untilBroken }) => {
      const learned = await findLearned(client, loaded.run, loaded.bestOfN, bestOfN);
      const started = await startBestOfN(client, { ...bestOfN, ...learned });
      tellStart(started);
      if (detach) return exitCodes.done;
      const { status, result: ref, lines } = await untilBroken(followBestOfN(started.handle, say, signal));
      const result = await store.getJson(ref, bestOfNResult);
      const folder = options.output ?? join(environment.LASER_HOME, 'best-of-n', id);
      await writeBestOfN(folder, result, lines, store);
      const output: BestOfNOutput = { status, folder, result };
      printOutput(output, options.json, () => `\n${bestOfNText(result)}\n`);
      say(`The completions, a prompt a line: ${relative('.', join(folder, 'completions.jsonl'))}`);
      return exitCodes.done;
    },
  );
}
