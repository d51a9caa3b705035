import { z } from 'zod';

const quantiles = {
  lowQuantile: z.number().min(0).max(1).default(0.2).describe('Of the raw rewards so far; at and below it is 0.'),
  highQuantile: z.number().min(0).max(1).default(0.8).describe('Of the raw rewards so far; at and above it is 1.'),
};

const goldenShape = {
  share: z.number().gt(0).max(1).default(0.1).describe('Share of the training prompts, drawn by seed.'),
  seed: z.int().nonnegative().default(1),
  file: z
    .string()
    .min(1)
    .optional()
    .describe('JSON lines like data.train, in place of share: its prompts are golden, with its answers.'),
};
const golden = z.strictObject(goldenShape);
export type GoldenOptions = z.infer<typeof golden>;

const evidence = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('golden').describe('Verified answers of a few prompts.'), ...goldenShape }),
  z.strictObject({ type: z.literal('verified').describe('Verified answers of all training prompts that have one.') }),
  z.strictObject({
    type: z.literal('heldOut').describe('Held-out prompts that turned right or wrong over an iteration.'),
  }),
]);

export const guard = z.strictObject({
  evidence: evidence.prefault({ type: 'golden' }),
  falseAlarmRate: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.05)
    .describe('Chance of any false alarm in the whole campaign, at most.'),
  leastEvidence: z
    .number()
    .gt(-0.25)
    .lt(0.25)
    .default(0)
    .describe('What the evidence on a reward model must be in the mean, −1 to 1. 0: its pairs do no harm.'),
  action: z
    .enum(['report', 'trustEvidence'])
    .default('trustEvidence')
    .describe('trustEvidence: on an alarm the bandit learns again from the evidence, and from it alone.'),
});
export type GuardSettings = z.infer<typeof guard>;

const guarded = { ...quantiles, guard: guard.optional().describe('Checks the reward against evidence.') };

/** What a choice was worth to the bandit. The raw reward and the one in [0, 1] are both recorded. */
export const banditReward = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('trainLoss').describe('Minus the mean train loss of the round (the paper).'),
    ...guarded,
  }),
  z.strictObject({
    type: z
      .literal('driftRemovedLoss')
      .describe('Expected minus actual train loss, where the expectation is that of the place in the campaign.'),
    ...guarded,
  }),
  z.strictObject({ type: z.literal('preferenceLoss').describe('Minus the preference (DPO) term alone.'), ...guarded }),
  z.strictObject({ type: z.literal('nllLoss').describe('Minus the NLL of the chosen alone.'), ...guarded }),
  z.strictObject({
    type: z
      .literal('ownTrend')
      .describe('How far the loss lies below the moving average of the same reward model (BayesianRouter).'),
    decay: z.number().gt(0).max(1).default(0.1).describe('Weight of the newest loss in the moving averages.'),
    clip: z.number().positive().default(3).describe('Standard deviations that are the most.'),
    guard: guarded.guard,
  }),
  z.strictObject({
    type: z
      .literal('unseenLossFall')
      .describe('Fall of the preference loss on pairs that are kept out of the training step.'),
    keepOut: z.number().gt(0).lt(1).default(0.25).describe('Share of the pairs that is kept out.'),
    ...guarded,
  }),
  z.strictObject({
    type: z.literal('selfConsistency').describe('Whether the pairs side with the majority answer. Needs no labels.'),
    guard: guarded.guard,
  }),
  z.strictObject({
    type: z.literal('goldenAgreement').describe('verifiedPairs over the pairs of a few golden prompts alone.'),
    golden: golden.prefault({}),
  }),
  z.strictObject({
    type: z
      .literal('verifiedPairs')
      .describe(
        'Share of the round’s pairs whose order the verified answers confirm, minus the share they contradict, mapped to [0, 1]. Needs answers.',
      ),
  }),
  z.strictObject({
    type: z
      .literal('heldOutGain')
      .describe(
        'Gain of held-out accuracy over the iteration, by category. Delayed: known for all rounds at once, when the iteration is measured.',
      ),
  }),
]);
export type BanditRewardOptions = z.infer<typeof banditReward>;
