import { z } from 'zod';

const linUcb = z.strictObject({
  type: z.literal('linUcb'),
  alpha: z.number().nonnegative().default(1).describe('Weight of the width: how much to explore.'),
  ridge: z.number().positive().default(1).describe('λ in A = λI; 1 in the paper.'),
});
const linThompson = z.strictObject({
  type: z.literal('linThompson'),
  posteriorScale: z.number().positive().default(0.5).describe('v of the posterior N(θ, v²A⁻¹).'),
  ridge: z.number().positive().default(1),
});
const exp3 = z.strictObject({
  type: z.literal('exp3'),
  gamma: z.number().gt(0).max(1).default(0.1).describe('Share of uniform exploration.'),
});
const epsilonGreedy = z.strictObject({
  type: z.literal('epsilonGreedy'),
  epsilon: z.number().min(0).max(1).default(0.1),
  initialMean: z.number().min(0).max(1).default(1).describe('What is thought of an arm that was never pulled.'),
});

export const banditOptions = z.discriminatedUnion('type', [linUcb, linThompson, exp3, epsilonGreedy]);
export type BanditOptions = z.infer<typeof banditOptions>;

/** How contexts are scaled before the bandit sees them; α and this belong together. */
export const contextScaling = z
  .enum(['none', 'unit', 'centred'])
  .describe(
    'none: the mean hidden state as it is. unit: divided by its norm. ' +
      'centred: minus the mean over the training prompts under the first policy, divided by their spread, with a constant 1 behind.',
  );
export type ContextScaling = z.infer<typeof contextScaling>;

const granularity = z
  .enum(['round', 'category', 'prompt'])
  .default('round')
  .describe(
    'What one choice is for. round: all prompts of the round, in their mean context (the paper). ' +
      'category: those of one category. prompt: each prompt in its own context.',
  );
export type Granularity = z.infer<typeof granularity>;

export const selection = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('laser'),
    granularity,
    bandit: banditOptions.prefault({ type: 'linUcb' }),
    contextScaling: contextScaling.default('centred'),
    exploration: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('ε: with this probability a uniform arm is taken. Propensities are logged. 0 is the paper.'),
  }),
  z.strictObject({ type: z.literal('fixed'), rewardModelId: z.string().min(1) }),
  z.strictObject({ type: z.literal('random'), granularity }),
  z.strictObject({ type: z.literal('roundRobin') }),
  z.strictObject({
    type: z
      .literal('scoreEnsemble')
      .describe('All reward models are asked; a completion has the mean of its scores, standardised by prompt.'),
  }),
  z.strictObject({
    type: z
      .literal('agreementEnsemble')
      .describe('All reward models are asked, and the pairs on which most of them agree are kept.'),
    candidatePairs: z.int().positive().default(100).describe('Pairs a prompt that are put to the vote.'),
  }),
]);
export type Selection = z.infer<typeof selection>;
