import { z } from 'zod';
import { countChoices, measureBestOfN } from '../algorithm';
import { readLinks, type ArtifactStore } from '../artifact-store';
import { artifactRef, type ArtifactRef } from '../contract/artifact';
import { bestOfNResult, type BestOfNResult } from '../contract/best-of-n-result';
import { answerMetric, bestOfNLine, pickLogLink, splitTotals, type BestOfNLine } from '../contract/best-of-n-run';
import type { ActivityDependencies } from './dependencies';

const resamples = 10_000;

const input = z.strictObject({
  name: z.string(),
  selection: z.string(),
  completionsPerPrompt: z.int().positive(),
  metric: answerMetric.shape.metric,
  seed: z.int().nonnegative(),
  pickLog: artifactRef.nullable(),
  learn: splitTotals.nullable(),
  test: splitTotals,
});
export type AssembleBestOfNInput = z.infer<typeof input>;

/** Of the log of picks, the table and the lines of the test prompts. */
export async function assembleBestOfN(
  { store }: Pick<ActivityDependencies, 'store'>,
  raw: AssembleBestOfNInput,
): Promise<{ result: ArtifactRef; lines: ArtifactRef }> {
  const { pickLog, seed, ...given } = input.parse(raw);
  const lines = await readTestLines(store, pickLog);
  const measured = lines.flatMap(({ category, value, first, average, oracle }) =>
    value === null || first === null || average === null || oracle === null
      ? []
      : [{ category: category ?? 'all', value, first, average, oracle }],
  );
  const binary = given.metric === 'accuracy';
  const result: BestOfNResult = {
    version: 1,
    ...given,
    statistics: {
      confidence: 0.95,
      shares: binary ? 'Wilson' : null,
      means: 'bootstrap over prompts within categories, percentile',
      resamples,
    },
    prompts: lines.length,
    measured: measured.length,
    rows: measureBestOfN(measured, { binary, seed, resamples }),
    picks: countChoices(
      lines.flatMap(({ category, rewardModelId }) =>
        rewardModelId === null ? [] : [{ category: category ?? 'all', rewardModelId }],
      ),
    ),
  };
  return { result: await store.putJson(bestOfNResult.parse(result)), lines: await store.putJsonLines(lines) };
}

async function readTestLines(store: ArtifactStore, newest: ArtifactRef | null): Promise<BestOfNLine[]> {
  const chunks: BestOfNLine[][] = [];
  for await (const { link } of readLinks(store, newest, pickLogLink)) {
    if (link.split === 'test') chunks.push(await store.getJsonLines(link.lines, bestOfNLine));
  }
  return chunks.reverse().flat();
}
