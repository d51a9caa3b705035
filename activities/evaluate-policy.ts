import { cancellationSignal } from '@temporalio/activity';
import { z } from 'zod';
import { exactMatch } from '../algorithm';
import { runStep } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import { evaluationOutcome, type CategoryAccuracy } from '../contract/evaluation';
import { policyServing, policyVersion } from '../contract/policy';
import { promptRecord } from '../contract/round';
import { stepLabel } from '../contract/training';
import { answerHeldOut } from './answer-held-out';
import type { ActivityDependencies } from './dependencies';

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
    work: async () => {
      const signal = cancellationSignal();
      const records = await store.getJsonLines(prompts, promptRecord);
      const sampling = { temperature: 0, maxTokens, stop, seed: 0 };
      const answers = await answerHeldOut(dependencies, { serving, policy, records, sampling, signal });
      const outcomes = records.map((record, index) => {
        const text = answers[index]!;
        return evaluationOutcome.parse({
          promptId: record.promptId,
          category: record.category ?? 'all',
          correct: record.answer !== undefined && exactMatch(text, record.answer, answerPattern).correct,
          text,
        });
      });
      return { outcomes: await store.putJsonLines(outcomes), byCategory: countByCategory(outcomes) };
    },
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
