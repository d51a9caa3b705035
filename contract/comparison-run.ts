import { z } from 'zod';
import { artifactRef, type ArtifactRef } from './artifact';
import type { ResolvedCampaign } from './campaign-run';
import { comparison } from './comparison';

/** A comparison file with everything resolved; an artifact, so that workflows carry its name only. */
export const comparisonPlan = z.strictObject({
  comparison: z.string(),
  reference: z.string(),
  seeds: z.array(z.int().nonnegative()),
  quality: comparison.shape.quality,
  strategies: z.array(
    z.strictObject({
      name: z.string(),
      changes: z.record(z.string(), z.json()),
      campaign: z.custom<ResolvedCampaign>((value) => typeof value === 'object' && value !== null),
    }),
  ),
});
export type ComparisonPlan = z.infer<typeof comparisonPlan>;

/** One strategy under one seed. */
export const comparedRun = z.strictObject({
  strategy: z.string(),
  seed: z.int().nonnegative(),
  campaignId: z.string(),
  status: z
    .enum(['waiting', 'running', 'finished', 'stopped', 'failed'])
    .describe('finished: to its end, or to the end of its budget.'),
  accuracy: z.number().min(0).max(1).nullable().describe('Of its last policy on all held-out prompts.'),
  result: artifactRef.nullable().describe('CampaignResult; null unless finished or stopped by itself.'),
  failure: z.string().nullable().describe('What failed, where, why and what to do.'),
});
export type ComparedRun = z.infer<typeof comparedRun>;

export interface ComparisonInput {
  comparisonId: string;
  plan: ArtifactRef;
  strategies: string[];
  seeds: number[];
  concurrency: number;
  campaignsPerRun: number;
  /** The Temporal namespace knows our search attributes. */
  searchable: boolean;
  /** Set by continue-as-new. */
  progress?: { runs: ComparedRun[] };
}

export type ComparisonPhase = 'preparing' | 'running' | 'assembling' | 'finished' | 'stopped';

export interface ComparisonState {
  comparisonId: string;
  phase: ComparisonPhase;
  /** Strategy by strategy, within it seed by seed. */
  runs: ComparedRun[];
}

export interface ComparisonOutcome {
  status: 'finished' | 'stopped';
  /** ComparisonResult. */
  result: ArtifactRef;
  runs: ComparedRun[];
}

export function comparedCampaignId(comparisonId: string, strategy: string, seed: number): string {
  return `${comparisonId}-${strategy}-s${seed}`;
}
