import { z } from 'zod';
import { artifactRef, sha256Hex } from './artifact';
import { trainingMetrics } from './training';

const share = z.number().min(0).max(1);
const count = z.int().nonnegative();

/** What the bandit thought of an arm when it chose. */
export const armOpinion = z.strictObject({
  armId: z.string().min(1),
  score: z.number().nullable().describe('What the choice was made by: θ·c + α·width for LinUCB. null: it has none.'),
  mean: z.number().nullable().describe('θ·c: the bandit reward that is expected.'),
  width: z.number().nullable().describe('sqrt(cᵀA⁻¹c): how little is known of the arm at this context.'),
  propensity: share.describe('Probability with which it would have been chosen; over all arms they sum to 1.'),
  available: z.boolean().describe('false: masked.'),
});
export type ArmOpinion = z.infer<typeof armOpinion>;

/** One choice of a reward model, what was thought of every arm, and what came of it. */
export const armDecision = z.strictObject({
  scope: z
    .string()
    .nullable()
    .describe(
      'null: the whole round. Else the category or the promptId it was made for, or the pair: promptId#place-place.',
    ),
  category: z
    .string()
    .nullable()
    .optional()
    .describe('Of its prompts, where the choice hangs on it (oracle); null: of several.'),
  context: sha256Hex.nullable().describe('ContextArtifact it was made in; null where none is looked at.'),
  rewardModelId: z.string().min(1),
  propensity: z.number().gt(0).max(1),
  arms: z.array(armOpinion),
});
export type ArmDecision = z.infer<typeof armDecision>;

/** Of the finite scores of one reward model in one round; its scale means nothing beside another's. */
export const scoreSummary = z.strictObject({
  rewardModelId: z.string().min(1),
  scores: artifactRef.describe('JSON lines of PromptScores.'),
  scored: count,
  missing: count.describe('Completions without a finite score; left out, never 0.'),
  quantiles: z.array(z.number()).length(5).nullable().describe('0, 25, 50, 75 and 100 %. null: nothing was scored.'),
  tiedShare: share.describe('Of all pairs of completions of one prompt, those with equal scores.'),
  seconds: z.number().nonnegative(),
  weight: share.optional().describe('In the online ensemble, before the round.'),
});
export type ScoreSummary = z.infer<typeof scoreSummary>;

/** All there is to know of one round: numbers here, everything large by reference. */
export const roundRecord = z.strictObject({
  iteration: z.int().positive(),
  round: z.int().positive(),
  category: z.string().nullable().describe('null: the prompts are mixed.'),
  decisions: z.array(armDecision).describe('Empty where all reward models were asked.'),
  outcomes: z
    .array(z.strictObject({ scope: z.string().nullable(), rawReward: z.number(), reward: share }))
    .describe(
      'What the choices were worth to the bandit, by scope. Empty: the round gave no pairs, or none was chosen.',
    ),
  completions: artifactRef.describe('JSON lines of PromptCompletions.'),
  scoring: z.array(scoreSummary).min(1).describe('By reward model that was asked.'),
  pairs: artifactRef.nullable().describe('JSON lines of PreferencePair; null: the round gave none.'),
  unseenPairs: artifactRef.optional().describe('JSON lines of PreferencePair that were kept out of the training step.'),
  pairCount: count.describe('Of all pairs, seen and unseen.'),
  promptsWithoutPairs: z.record(z.string(), count).describe('By reason.'),
  completionsLeftOut: z.record(z.string(), count).describe('By reason.'),
  generatedTokens: count,
  training: trainingMetrics.nullable().describe('null: there were no pairs.'),
  adapter: artifactRef.nullable(),
  rawReward: z.number().nullable().describe('Bandit reward before it is normalised, mean over the decisions.'),
  banditReward: share.nullable(),
  seconds: z.record(z.string(), z.number().nonnegative()).describe('Wall-clock of each step when first done.'),
  reusedSteps: count,
});
export type RoundRecord = z.infer<typeof roundRecord>;

/** One link of the round log: the newest round, and the log before it. */
export const roundLogLink = z.strictObject({ round: roundRecord, previous: artifactRef.nullable() });
export type RoundLogLink = z.infer<typeof roundLogLink>;
