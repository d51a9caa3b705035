import type { PolicyServing, PolicyVersion } from '../contract/policy';
import type { PromptRecord } from '../contract/round';
import { generateCompletions } from '../model-server';
import type { ActivityDependencies } from './dependencies';
import { formatPrompts } from './format-prompts';
import { inChunks } from './in-chunks';
import { plainSampling } from './plain-sampling';
import { servePolicy } from './serve-policy';

const promptsPerRequest = 256;

interface Answering {
  serving: PolicyServing;
  policy: PolicyVersion;
  records: readonly PromptRecord[];
  sampling: { temperature: number; maxTokens: number; stop: string[]; seed: number };
  signal: AbortSignal;
}

/** A policy's answer to each prompt, in order; greedy at temperature 0. */
export async function answerHeldOut(
  dependencies: ActivityDependencies,
  { serving, policy, records, sampling, signal }: Answering,
): Promise<string[]> {
  const server = dependencies.modelServer(serving.server);
  const model = await servePolicy(dependencies, serving, policy, serving.server, signal);
  const answers = await inChunks(records, { chunk: promptsPerRequest, concurrency: 2, signal }, async (part, signal) =>
    generateCompletions(
      server,
      {
        model,
        ...(await formatPrompts(
          server,
          serving,
          part.map((record) => record.prompt),
          signal,
        )),
        completionsPerPrompt: 1,
        sampling: { ...plainSampling, topP: 1, ...sampling },
      },
      { signal },
    ),
  );
  return answers.map(({ completions }) => completions[0]!.text.toWellFormed());
}
