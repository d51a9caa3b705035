import { z } from 'zod';
import { exactMatch } from '../algorithm';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { evaluationOutcome, type CategoryAccuracy } from '../contract/evaluation';
import { policyServing, policyVersion } from '../contract/policy';
import { promptRecord } from '../contract/round';
import { stepLabel } from '../contract/training';
import { generateCompletions as requestCompletions } from '../model-server';
import type { ActivityDependencies } from './dependencies';
import { formatPrompts } from './format-prompts';
import { inChunks } from './in-chunks';
import { plainSampling } from './plain-sampling';
import { servePolicy } from './serve-policy';
import { withHeartbeat } from './with-heartbeat';

const promptsPerRequest = 256;

const input = z.strictObject({
  label: stepLabel,
  serving: policyServing,
  policy: policyVersion,
  prompts: artifactRef.describe('Held-out prompts with answers.'),
  maxTokens: z.int().positive(),
  stop: z.array(z.string()),
  answerPattern: z.string().min(1),
});
export type EvaluatePolicyInput = z.infer<typeof input>;

/** Greedy accuracy on the held-out prompts, by category, and the outcome of every prompt. */
export async function evaluatePolicy(dependencies: ActivityDependencies, raw: EvaluatePolicyInput) {
  const { label, serving, policy, prompts, maxTokens, stop, answerPattern } = input.parse(raw);
  const { store } = dependencies;
  return runStep(store, {
    name: 'evaluatePolicy',
    version: 1,
    label,
    inputs: {
      prompts,
      adapter: policy.adapter,
      baseModel: serving.baseModel.revision,
      promptFormat: serving.promptFormat,
      maxTokens,
      stop,
      answerPattern,
    },
    work: () =>
      withHeartbeat(async (signal) => {
        const server = dependencies.modelServer(serving.server);
        const model = await servePolicy(dependencies, serving, policy, serving.server, signal);
        const records = await store.getJsonLines(prompts, promptRecord);
        const answers = await inChunks(
          records,
          { chunk: promptsPerRequest, concurrency: 2, signal },
          async (part, signal) =>
            requestCompletions(
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
                sampling: { ...plainSampling, temperature: 0, topP: 1, maxTokens, stop, seed: 0 },
              },
              { signal },
            ),
        );
        const outcomes = records.map((record, index) => {
          const text = answers[index]!.completions[0]!.text.toWellFormed();
          return evaluationOutcome.parse({
            promptId: record.promptId,
            category: record.category ?? 'all',
            correct: record.answer !== undefined && exactMatch(text, record.answer, answerPattern).correct,
            text,
          });
        });
        return { outcomes: await store.putJsonLines(outcomes), byCategory: countByCategory(outcomes) };
      }),
  });
}

function countByCategory(outcomes: z.infer<typeof evaluationOutcome>[]): CategoryAccuracy[] {
  const counts = new Map<string, CategoryAccuracy>();
  for (const { category, correct } of outcomes) {
    const count = counts.get(category) ?? { category, correct: 0, total: 0 };
    counts.set(category, { category, correct: count.correct + Number(correct), total: count.total + 1 });
  }
  return [...counts.values()].sort((left, right) => left.category.localeCompare(right.category, 'en'));
}
