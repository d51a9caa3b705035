import { z } from 'zod';
import { artifactRef, sha256Hex } from '../artifact';
import { armDecision, armOpinion, roundRecord } from '../round-record';

const count = z.int().nonnegative();
const score = z.number().nullable().describe('null: no finite score.');

/** `laser show <sha256> --json` */
export const shownArtifact = z.strictObject({
  sha256: sha256Hex,
  bytes: count,
  content: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('json'), value: z.json() }),
    z.strictObject({ type: z.literal('jsonLines'), values: z.array(z.json()) }),
    z.strictObject({
      type: z.literal('bundle'),
      files: z.record(z.string(), z.strictObject({ sha256: sha256Hex, bytes: count })),
    }),
    z.strictObject({
      type: z.literal('safetensors'),
      metadata: z.record(z.string(), z.string()),
      tensors: z.record(z.string(), z.strictObject({ dtype: z.string(), shape: z.array(count) })),
    }),
    z.strictObject({ type: z.literal('bytes') }),
  ]),
});
export type ShownArtifact = z.infer<typeof shownArtifact>;

/** `laser show <campaign/it/round> --json` */
export const shownRound = z.strictObject({
  campaignId: z.string(),
  round: roundRecord,
  prompts: z.array(
    z.strictObject({
      promptId: z.string(),
      prompt: z.string(),
      completions: z.array(
        z.strictObject({
          text: z.string(),
          finishReason: z.enum(['stop', 'length']),
          scores: z.record(z.string(), score).describe('By reward model.'),
        }),
      ),
      pairs: z.array(
        z.strictObject({
          chosen: z.string(),
          chosenScore: z.number(),
          rejected: z.string(),
          rejectedScore: z.number(),
        }),
      ),
    }),
  ),
});
export type ShownRound = z.infer<typeof shownRound>;

/** `laser explain <campaign> --round it/round --json` */
export const explainOutput = z.strictObject({
  campaignId: z.string(),
  iteration: z.int().positive(),
  round: z.int().positive(),
  category: z.string().nullable(),
  decisions: z.array(
    z.strictObject({
      ...armDecision.shape,
      arms: z.array(armOpinion),
      nearest: z
        .array(
          z.strictObject({
            iteration: z.int().positive(),
            round: z.int().positive(),
            cosine: z.number(),
            rewardModelId: z.string(),
            choices: z.int().positive().describe('That fell on it in that context.'),
            banditReward: z
              .number()
              .min(0)
              .max(1)
              .nullable()
              .describe('Their mean; null: nothing was learned of them.'),
          }),
        )
        .describe('Whom earlier rounds asked in the five most similar contexts, most similar first.'),
    }),
  ),
  ensemble: z
    .strictObject({
      type: z.enum(['scoreEnsemble', 'agreementEnsemble', 'onlineEnsemble']),
      votes: z
        .strictObject({ for: z.number(), against: z.number() })
        .nullable()
        .describe('Mean over the pairs; null unless reward models vote.'),
      rewardModels: z.array(
        z.strictObject({
          rewardModelId: z.string(),
          weight: z.number().min(0).max(1).nullable().describe('Of its scores in the round. null: it has a vote.'),
          agreement: z
            .number()
            .min(0)
            .max(1)
            .nullable()
            .describe(
              'Share of the round’s pairs that it orders as the ensemble did, a tie as ½. null: it scored none.',
            ),
          scored: count,
          missing: count,
        }),
      ),
    })
    .nullable()
    .describe('null: reward models were chosen.'),
  outcome: z.strictObject({
    pairs: count,
    loss: z.number().nullable(),
    rawReward: z.number().nullable(),
    banditReward: z.number().min(0).max(1).nullable(),
  }),
});
export type ExplainOutput = z.infer<typeof explainOutput>;

/** `laser replay <campaign> --json` */
export const replayOutput = z.strictObject({
  campaignId: z.string(),
  decisions: count.describe('Recomputed.'),
  differences: z.array(
    z.strictObject({
      iteration: z.int().positive(),
      round: z.int().positive(),
      scope: z.string().nullable(),
      what: z.string().min(1),
      recorded: z.json(),
      recomputed: z.json(),
    }),
  ),
});
export type ReplayOutput = z.infer<typeof replayOutput>;

/** `laser export <campaign> --json` */
export const exportOutput = z.strictObject({
  campaignId: z.string(),
  iteration: z.int().positive(),
  folder: z.string(),
  adapter: artifactRef,
  baseModel: z.string(),
  merged: z.boolean(),
  files: z.array(z.string()),
});
export type ExportOutput = z.infer<typeof exportOutput>;
