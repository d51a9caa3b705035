import { z } from 'zod';
import { trainingOptions } from './training';

const { lossType, beta, nllWeight, learningRate, weightDecay, maxGradNorm, miniBatchSize, maxLength } =
  trainingOptions.shape;

/** How a campaign trains: the options of a step, and what varies from step to step. */
export const campaignTraining = z.strictObject({
  ...trainingOptions.shape,
  lossType: lossType.default('sigmoid'),
  beta: beta.default(0.1),
  nllWeight: nllWeight.default(1),
  learningRate: learningRate.default(5e-6),
  learningRateSchedule: z
    .enum(['constant', 'linear', 'cosine'])
    .optional()
    .describe(
      'How the rate falls to 0 over the campaign’s rounds, iterations × roundsPerIteration. Default: constant.',
    ),
  warmupRounds: z
    .int()
    .nonnegative()
    .optional()
    .describe('The rate rises to learningRate over the campaign’s first so many rounds. Default: 0.'),
  optimizerState: z
    .enum(['fresh', 'carried'])
    .optional()
    .describe(
      'AdamW’s moments at an iteration’s start: none, or those of the last step before it. The reference policy is π(m−1) either way. Default: fresh.',
    ),
  weightDecay: weightDecay.default(0),
  maxGradNorm: maxGradNorm.default(1),
  miniBatchSize: miniBatchSize.default(16),
  maxLength: maxLength.default(2048),
});
export type CampaignTraining = z.infer<typeof campaignTraining>;
