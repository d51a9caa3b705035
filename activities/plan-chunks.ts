import { cancellationSignal } from '@temporalio/activity';
import { z } from 'zod';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { policyServing } from '../contract/policy';
import { promptRecord, type PromptBatchPlan, type PromptRecord } from '../contract/round';
import { stepLabel } from '../contract/training';
import { listModels } from '../model-server';
import { cutMiddle } from './cut-middle';
import type { ActivityDependencies } from './dependencies';
import { PromptTooLongError } from './errors';
import { countTokens } from './count-tokens';
import { inChunks } from './in-chunks';

const concurrentPrompts = 8;

const input = z.strictObject({
  label: stepLabel,
  serving: policyServing,
  prompts: artifactRef.describe('JSON lines of PromptRecord.'),
  promptsPerChunk: z.int().positive(),
  maxTokens: z.int().positive().describe('Of a completion; a prompt must leave room for it.'),
  maxPromptTokens: z.int().positive().nullable(),
  tooLong: z.enum(['refuse', 'cutMiddle']),
});
export type PlanChunksInput = z.infer<typeof input>;

/**
 * Prompts in order, in chunks, as one plan that every step reads. Each prompt is measured as the policy will see it: one
 * that does not fit is refused, or loses its middle where the file says so.
 * @throws PromptTooLongError that names the prompts.
 */
export async function planChunks(dependencies: ActivityDependencies, raw: PlanChunksInput) {
  const { label, serving, prompts, promptsPerChunk, tooLong, ...limits } = input.parse(raw);
  const { store } = dependencies;
  const window = await windowOf(dependencies, serving);
  const room = window === null ? Infinity : window - limits.maxTokens;
  const longest = Math.min(room, limits.maxPromptTokens ?? Infinity);
  return runStep(store, {
    name: 'planChunks',
    version: 1,
    label,
    inputs: {
      ...{ prompts, promptsPerChunk, tooLong, longest: longest === Infinity ? null : longest },
      ...{ baseModel: serving.baseModel.revision, promptFormat: serving.promptFormat },
    },
    work: async () => {
      const signal = cancellationSignal();
      const records = await store.getJsonLines(prompts, promptRecord);
      const fitted = longest === Infinity ? records.map(unchanged) : await fit(records, signal);
      const tooLongOnes = fitted.filter(({ tokens }) => tokens > longest);
      if (tooLongOnes.length > 0) throw new PromptTooLongError(tooLongOnes, records.length, longest, window);
      const plan: PromptBatchPlan = { batches: [] };
      for (let start = 0; start < fitted.length; start += promptsPerChunk) {
        const own = fitted.slice(start, start + promptsPerChunk).map(({ record }) => record);
        plan.batches.push({ promptBatch: await store.putJsonLines(own), category: null });
      }
      return {
        plan: await store.putJson(plan),
        prompts: await store.putJsonLines(fitted.map(({ record }) => record)),
        chunks: plan.batches.length,
        cutPrompts: fitted.filter(({ record }, place) => record.prompt !== records[place]!.prompt).length,
      };
    },
  });

  function fit(records: readonly PromptRecord[], signal: AbortSignal): Promise<FittedPrompt[]> {
    const server = dependencies.modelServer(serving.server);
    return inChunks(records, { chunk: 1, concurrency: concurrentPrompts, signal }, (part, signal) =>
      Promise.all(
        part.map(async (record) => {
          const count = (text: string) => countTokens(server, serving, text, signal);
          const tokens = await count(record.prompt);
          if (tokens <= longest || tooLong === 'refuse') return { record, tokens };
          const cut = await cutMiddle(record.prompt, { tokens, longest, count });
          return { record: { ...record, prompt: cut.text }, tokens: cut.tokens };
        }),
      ),
    );
  }
}

interface FittedPrompt {
  record: PromptRecord;
  tokens: number;
}

function unchanged(record: PromptRecord): FittedPrompt {
  return { record, tokens: 0 };
}

/** The shorter window of the servers that read the prompts, in tokens; null where they do not say. */
async function windowOf(
  { modelServer }: ActivityDependencies,
  { server, contextServer, servedModel }: z.infer<typeof policyServing>,
): Promise<number | null> {
  const signal = cancellationSignal();
  const windows = await Promise.all(
    [...new Set([server, contextServer])].map(async (address) => {
      const models = await listModels(modelServer(address), { signal });
      return models.find(({ id }) => id === servedModel)?.maxModelLength ?? Infinity;
    }),
  );
  const shortest = Math.min(...windows);
  return shortest === Infinity ? null : shortest;
}
