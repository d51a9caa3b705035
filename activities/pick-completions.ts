import { z } from 'zod';
import { answerValue, bestCompletion, scoreEnsemble } from '../algorithm';
import type { ArtifactStore } from '../artifact-store';
import { artifactRef } from '../contract/artifact';
import type { BanditObservation } from '../contract/bandit-log';
import { answerMetric, pickLogLink, type BestOfNLine } from '../contract/best-of-n-run';
import { promptSplit } from '../contract/prompt-split';
import { promptCompletions, promptScores, type PromptRecord, type PromptScores } from '../contract/round';
import { armDecision } from '../contract/round-record';
import { stepLabel } from '../contract/training';
import type { ActivityDependencies } from './dependencies';
import { isInScope } from './is-in-scope';
import { readPromptBatch } from './prompt-batch';

const scored = z.strictObject({
  rewardModelId: z.string().min(1),
  prompts: z.array(z.int().nonnegative()).nullable().describe('Which of the chunk’s, by place; null: all.'),
  scores: artifactRef,
});

const input = z.strictObject({
  label: stepLabel,
  split: promptSplit,
  pickLog: artifactRef.nullable(),
  plan: artifactRef,
  completions: artifactRef,
  decisions: artifactRef.describe('JSON lines of ArmDecision; none where all reward models were asked.'),
  scoring: z.array(scored).min(1),
  measured: answerMetric,
  reward: z.enum(['pick', 'gain']).nullable().describe('What the bandit is told; null: nothing.'),
});
export type PickCompletionsInput = z.infer<typeof input>;

/**
 * The best completion of every prompt of a chunk, by the reward model that was asked for it, or by the mean of the
 * standardised scores where all were; what it is worth where the prompt has answers, and what the bandit learns of that.
 * A prompt without one finite score gets its first completion, and nothing is learned of it.
 * @returns the extended log of picks, JSON lines of BanditObservation (null: none), and sums over the chunk.
 */
export async function pickCompletions({ store }: Pick<ActivityDependencies, 'store'>, raw: PickCompletionsInput) {
  const { label, split, pickLog, scoring, measured, reward, ...refs } = input.parse(raw);
  const { prompts } = await readPromptBatch(store, refs.plan, label.round);
  const completions = await store.getJsonLines(refs.completions, promptCompletions);
  const asked = await readScores(store, scoring);
  const decisions = await store.getJsonLines(refs.decisions, armDecision);

  const picked = prompts.map((record, place): BestOfNLine => {
    const own = asked.flatMap(({ rewardModelId, byPlace }) => {
      const scores = byPlace.get(place);
      return scores ? [{ rewardModelId, scores }] : [];
    });
    const only = decisions.length > 0 ? own[0]! : null;
    const { scores } = only?.scores ?? scoreEnsemble(own.map((one) => one.scores));
    const best = bestCompletion(scores);
    const texts = completions[place]!.completions.map(({ text }) => text);
    const at = best ?? 0;
    return {
      ...{ split, promptId: record.promptId, category: record.category ?? null, prompt: record.prompt },
      ...{ rewardModelId: only?.rewardModelId ?? null, completion: texts[at]!, place: at },
      ...{ score: best === null ? null : scores[best]!, completions: texts.length },
      ...valuesOf(record, texts, at),
    };
  });

  const observations = reward === null ? [] : decisions.flatMap((decision) => observe(decision, reward));
  const lines = await store.putJsonLines(picked);
  const answered = picked.filter((line) => line.value !== null);
  const sum = (which: 'value' | 'first' | 'oracle') => answered.reduce((total, line) => total + line[which]!, 0);
  return {
    pickLog: await store.putJson(pickLogLink.parse({ split, lines, previous: pickLog })),
    observations: observations.length === 0 ? null : await store.putJsonLines(observations),
    ...{ prompts: picked.length, measured: answered.length },
    ...{ value: sum('value'), first: sum('first'), oracle: sum('oracle') },
    picks: countBy(picked.flatMap(({ rewardModelId }) => rewardModelId ?? [])),
  };

  function valuesOf(record: PromptRecord, texts: readonly string[], at: number) {
    if (record.answer === undefined) return { value: null, first: null, average: null, oracle: null };
    const answers = [record.answer, ...(record.otherAnswers ?? [])];
    const values = texts.map((text) => answerValue(text, answers, measured));
    const average = values.reduce((total, value) => total + value, 0) / values.length;
    return { value: values[at]!, first: values[0]!, average, oracle: Math.max(...values) };
  }

  /** What came of a choice: the mean over its prompts that have an answer and a score. */
  function observe(decision: z.infer<typeof armDecision>, told: 'pick' | 'gain'): BanditObservation[] {
    const { scope, context, rewardModelId: armId, propensity } = decision;
    const own = picked.filter(
      (line, place) => line.value !== null && line.score !== null && isInScope(scope, prompts[place]!),
    );
    if (context === null || own.length === 0) return [];
    const rewards = own.map(({ value, average }) => (told === 'pick' ? value! : (1 + value! - average!) / 2));
    const rewarded = Math.min(1, rewards.reduce((total, one) => total + one, 0) / rewards.length);
    const categories = new Set(own.map(({ category }) => category ?? 'all'));
    const [category = null] = categories.size === 1 ? categories : [];
    const { iteration, round } = label;
    return [{ iteration, round, scope, armId, context, propensity, rawReward: rewarded, reward: rewarded, category }];
  }
}

async function readScores(store: ArtifactStore, scoring: readonly z.infer<typeof scored>[]) {
  return Promise.all(
    scoring.map(async ({ rewardModelId, prompts, scores }) => {
      const lines = await store.getJsonLines(scores, promptScores);
      const byPlace = new Map(lines.map((line, index): [number, PromptScores] => [prompts?.[index] ?? index, line]));
      return { rewardModelId, byPlace };
    }),
  );
}

function countBy(ids: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const id of ids) counts[id] = (counts[id] ?? 0) + 1;
  return counts;
}
