import { z } from 'zod';

const positive = z.number().positive();
const labelled = z
  .string()
  .min(1)
  .describe('JSON lines of { prompt, chosen, rejected, category? }. Each reward model scores both completions once.');

const initialMean = z
  .number()
  .min(0)
  .max(1)
  .optional()
  .describe(
    'Bandit reward that is expected of a reward model never asked. Default 0, the paper’s. Near a good reward, a small alpha tries each and drops those that disappoint.',
  );

const linUcb = z.strictObject({
  type: z.literal('linUcb'),
  alpha: z.number().nonnegative().default(1).describe('Weight of the width: how much to explore.'),
  ridge: z.number().positive().default(1).describe('λ in A = λI; 1 in the paper.'),
  initialMean,
});
const linThompson = z.strictObject({
  type: z.literal('linThompson'),
  posteriorScale: z.number().positive().default(0.5).describe('v of the posterior N(θ, v²A⁻¹).'),
  ridge: z.number().positive().default(1),
  initialMean,
  prior: z
    .strictObject({
      labelled,
      precision: positive.default(1).describe('Pulls with a context of norm 1 that the prior weighs as much as.'),
      ridge: positive.default(1).describe('λ of the regression that it is learned by.'),
    })
    .optional()
    .describe(
      'What is expected of each reward model beforehand: the share of labelled pairs it orders right, by context.',
    ),
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
  .enum(['none', 'unit', 'centred', 'centredOnly'])
  .describe(
    'none: the mean hidden state as it is. unit: divided by its norm. ' +
      'centred: minus the mean over the training prompts under the first policy, divided by their spread, with a constant 1 behind. ' +
      'centredOnly: without the constant, so that what a reward model earned on some prompts says the opposite of unlike ones; ' +
      'for linUcb with an initialMean between a poor and a good reward.',
  );
export type ContextScaling = z.infer<typeof contextScaling>;

/** What one choice of a reward model is for, and whose mean context it is made in. */
export const granularity = z
  .enum(['round', 'category', 'prompt', 'promptInCategory'])
  .default('round')
  .describe(
    'What one choice is for. round: all prompts of the round, in their mean context (the paper). ' +
      'category: those of one category. prompt: each prompt in its own context. ' +
      'promptInCategory: each prompt in the mean context of its category in the round (its own, if it has none), so that ' +
      'a bandit that draws (linThompson, exp3) tries several reward models in one round.',
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
    cost: z
      .strictObject({
        weight: z
          .number()
          .nonnegative()
          .default(0.1)
          .describe('Bandit reward that is given up to spare the dearest one.'),
        perRewardModel: z
          .record(z.string(), z.number().nonnegative())
          .describe('What asking each costs, in one unit for all; those that are not named cost nothing.'),
      })
      .optional()
      .describe('Cost-aware choice: a reward model must be worth what it costs. Not with exp3.'),
  }),
  z.strictObject({ type: z.literal('fixed'), rewardModelId: z.string().min(1) }),
  z.strictObject({ type: z.literal('random'), granularity }),
  z.strictObject({ type: z.literal('roundRobin') }),
  z.strictObject({
    type: z.literal('sequential').describe('One after the other in order, each for its part of the campaign’s rounds.'),
  }),
  z.strictObject({
    type: z.literal('oracle').describe('The best by a table that no campaign has; for analysis only.'),
    granularity,
    table: z
      .record(z.string(), z.record(z.string(), z.number()))
      .describe('Held-out accuracy by category and reward model; "all" for prompts without a category.'),
  }),
  z.strictObject({
    type: z
      .literal('classifier')
      .describe('Chosen by a classifier of contexts that was trained once, on who orders labelled pairs right.'),
    granularity,
    contextScaling: contextScaling.default('centred'),
    labelled,
    l2: positive.default(0.01).describe('Penalty of its weights.'),
  }),
  z.strictObject({
    type: z
      .literal('bayesianRouter')
      .describe('Thompson sampling for every preference pair; only its reward model scores it (BayesianRouter).'),
    contextScaling: contextScaling.default('centred'),
    posteriorScale: positive.default(0.5).describe('v of the posterior N(θ, v²A⁻¹).'),
    ridge: positive.default(1).describe('λ of reward models without a prior.'),
    prior: z
      .strictObject({
        labelled,
        l2: positive.default(0.01).describe('Penalty of the router’s embeddings.'),
        precision: positive.default(1).describe('Pulls with a context of norm 1 that the prior weighs as much as.'),
      })
      .optional()
      .describe('Its offline router: a Bradley–Terry model of who orders labelled pairs right, by context.'),
  }),
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
  z.strictObject({
    type: z
      .literal('onlineEnsemble')
      .describe('As scoreEnsemble, with weights that fall with every pair a reward model orders wrong (Hedge).'),
    reference: z
      .enum(['ensemble', 'verified'])
      .default('ensemble')
      .describe('What is right. ensemble: the weighted order of all (no labels). verified: the verified answers.'),
    learningRate: positive
      .optional()
      .describe('η. Default: sqrt(8 ln K / T), the best for T rounds in the worst case.'),
  }),
]);
export type Selection = z.infer<typeof selection>;
