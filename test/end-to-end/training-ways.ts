import { join } from 'node:path';
import { projectRoot } from '../../workers/embedded/project-root';

/** A campaign with every training option off its default; over a border of iterations, where moments are carried. */
export const trainingWays: Record<string, object> = {
  'training-options': {
    ...{ iterations: 2, roundsPerIteration: 1 },
    policy: { model: join(projectRoot, 'models', 'quickstart', 'policy'), fingerprintTolerance: 0.05 },
    training: {
      ...{ lossType: 'robust', labelSmoothing: 0.1, fDivergenceType: 'js_divergence', learningRate: 5e-4 },
      ...{ learningRateSchedule: 'cosine', warmupRounds: 1, optimizerState: 'carried' },
      ...{ miniBatchSize: 8, microBatchSize: 3, precision: 'bfloat16', maxLength: 64 },
    },
  },
};
