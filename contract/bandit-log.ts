import { z } from 'zod';
import { artifactRef, sha256Hex } from './artifact';
import { selection } from './selection';

/** What verified answers or held-out prompts say of a choice, whatever its bandit reward. */
export const choiceEvidence = z.strictObject({
  rawReward: z.number().min(-1).max(1),
  reward: z.number().min(0).max(1),
  items: z
    .array(z.strictObject({ category: z.string(), value: z.number().min(-1).max(1) }))
    .describe('Its independent pieces: one a golden prompt, or one a held-out prompt.'),
});
export type ChoiceEvidence = z.infer<typeof choiceEvidence>;

/** One choice as the bandit saw it. The context is an artifact, so the log stays small at any dimension. */
export const banditObservation = z.strictObject({
  iteration: z.int().positive(),
  round: z.int().positive(),
  scope: z
    .string()
    .nullable()
    .describe('null: the whole round. Else the category, the promptId, or the pair: promptId#place-place.'),
  armId: z.string().min(1),
  context: sha256Hex,
  propensity: z.number().gt(0).max(1),
  rawReward: z.number(),
  reward: z.number().min(0).max(1),
  category: z.string().nullable().optional().describe('Of its prompts; null where they are of several.'),
  loss: z.number().optional().describe('Mean train loss of its pairs, nats.'),
  evidence: choiceEvidence.optional().describe('What the guard looks at; absent where there is none.'),
});
export type BanditObservation = z.infer<typeof banditObservation>;

/** Something that was changed about the bandit from that round on: by people, or by the guard of its reward. */
export const banditChange = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('alpha'), alpha: z.number().nonnegative() }),
  z.strictObject({ type: z.literal('posteriorScale'), posteriorScale: z.number().positive() }),
  z.strictObject({ type: z.enum(['addArm', 'removeArm', 'maskArm', 'unmaskArm']), armId: z.string().min(1) }),
  z.strictObject({
    type: z
      .literal('trustEvidence')
      .describe('The bandit learned again from all observations, with the rewards of their evidence.'),
  }),
]);
export type BanditChange = z.infer<typeof banditChange>;

export const banditLogEntry = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('observation'), observation: banditObservation }),
  z.strictObject({
    type: z
      .literal('evidence')
      .describe('Became known of a choice after its observation, when held-out accuracy was measured.'),
    iteration: z.int().positive(),
    round: z.int().positive(),
    scope: z.string().nullable(),
    evidence: choiceEvidence,
  }),
  z.strictObject({
    type: z.literal('losses').describe('How wrong each reward model of the online ensemble was in a round.'),
    iteration: z.int().positive(),
    round: z.int().positive(),
    losses: z
      .record(z.string(), z.number().min(0).max(1).nullable())
      .describe('Share of pairs it ordered the other way; null: it scored none of them.'),
  }),
  z.strictObject({
    type: z.literal('change'),
    iteration: z.int().positive(),
    round: z.int().positive(),
    change: banditChange,
  }),
]);
export type BanditLogEntry = z.infer<typeof banditLogEntry>;

/** What the bandit began with. */
export const banditOrigin = z.strictObject({
  seed: z.int().nonnegative(),
  selection,
  arms: z.array(z.string().min(1)).min(1),
  rounds: z.int().positive().optional().describe('T of the whole campaign, for ways of selecting that share them out.'),
  learned: artifactRef
    .optional()
    .describe('LearnedSelection, for ways of selecting that learn before the first round.'),
});
export type BanditOrigin = z.infer<typeof banditOrigin>;

/**
 * One link of the bandit’s log: what was added, and the log before it; the first has the origin instead. The log is the
 * bandit’s whole state: every estimate is a fold over it, and a round adds a few hundred bytes however long it is.
 */
export const banditLogLink = z.strictObject({
  origin: banditOrigin.nullable().describe('Of the first link; null in all others.'),
  previous: artifactRef.nullable(),
  entries: z.array(banditLogEntry),
});
export type BanditLogLink = z.infer<typeof banditLogLink>;
