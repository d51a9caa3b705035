import { z } from 'zod';
import { scheduledLearningRate } from '../algorithm';
import { campaignTraining } from '../contract/campaign-training';
import type { ActivityDependencies } from './dependencies';

const { learningRate, learningRateSchedule, warmupRounds } = campaignTraining.shape;
const input = z.strictObject({
  learningRate: learningRate.unwrap(),
  learningRateSchedule,
  warmupRounds,
  round: z.int().positive(),
  rounds: z.int().positive(),
});
export type ScheduleLearningRateInput = z.infer<typeof input>;

/** A round's learning rate: here and not in the workflow, as a cosine's last bit may differ from engine to engine. */
export function scheduleLearningRate(_: ActivityDependencies, raw: ScheduleLearningRateInput) {
  return Promise.resolve({ learningRate: scheduledLearningRate(input.parse(raw)) });
}
